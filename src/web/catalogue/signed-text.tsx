import { Fragment, type VNode } from 'preact';
import { Sign } from './sign.tsx';

/** A line of the library’s words, with its arrows drawn. */
export function SignedText({ text }: { readonly text: string }): VNode {
  return (
    <>
      {text.split('→').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <Sign character="→" label="to" />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
