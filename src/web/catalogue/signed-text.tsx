import { Fragment, type VNode } from 'preact';
import { Sign } from './sign.tsx';

/** An arrow, or a name of several parts. */
const APART = /(→|(?<![^\s→])[^\s→]*\w[/_.-]\w[^\s→]*)/;

/** So long a name a narrow column may have no room for, in characters. */
const LONG = 13;

/** Behind what joins a long name. */
const JOINT = /(?<=\w[/_.-])(?=\w)/;

/** A name that breaks where its parts meet, if it is long. */
export function Name({ name }: { readonly name: string }): VNode {
  const parts = name.length < LONG ? [name] : name.split(JOINT);
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}

/** A long name within a text: whole on a line if it has room there. */
function LongName({ name }: { readonly name: string }): VNode {
  return (
    <span class="whole">
      <Name name={name} />
    </span>
  );
}

/** A line of the library’s words, with its arrows drawn. */
export function SignedText({ text }: { readonly text: string }): VNode {
  return (
    <>
      {text.split(APART).map((part, index) => (
        <Fragment key={index}>
          {part === '→' ? <Sign character="→" label="to" /> : index % 2 === 1 && part.length >= LONG ? <LongName name={part} /> : part}
        </Fragment>
      ))}
    </>
  );
}
