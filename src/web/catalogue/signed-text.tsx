import { Fragment, type VNode } from 'preact';
import { Sign } from './sign.tsx';

/** An arrow, or a name of several parts. */
const APART = /(→|[^\s→]*\w[/_.-]\w[^\s→]*)/;

/** So long a name a narrow column may have no room for, in characters. */
const LONG = 13;

/** Behind what joins a long name. */
const JOINT = /(?<=\w[/_.-])(?=\w)/;

/** A long name: whole on a line if it has room there, else broken where its parts meet. */
function LongName({ name }: { readonly name: string }): VNode {
  return (
    <span class="whole">
      {name.split(JOINT).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
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
