import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { later } from '../later.ts';
import { LOSS } from '../why/loss.ts';
import type { WhyPanelProps } from '../why/why-panel.tsx';
import { AskBox } from './ask-box.tsx';

interface Props extends Omit<WhyPanelProps, 'text' | 'head'> {
  readonly text: string | undefined;
  ask(text: string): void;
  readonly closeLink: string;
}

const PANEL = later(async () => {
  const [{ WhyPanel }] = await Promise.all([import('../why/why-panel.tsx'), LOSS.load()]);
  return WhyPanel;
});

/** The question why, and its answer. The code for the answer is fetched when the reader begins to do something. */
export function WhySection({ text, ask, closeLink, ...props }: Props): VNode {
  const Panel = PANEL.use(text !== undefined);
  const title = useRef<HTMLHeadingElement>(null);
  const asked = useRef(text);
  useEffect(() => {
    // What was asked on the page takes the focus: it stands in sight, and is read aloud.
    if (text !== undefined && asked.current !== text) title.current?.focus({ preventScroll: true });
    asked.current = text;
  }, [text]);
  const head = (
    <div class="why-head">
      <h2 id="why-title" tabIndex={-1} ref={title}>
        Why{text === undefined ? '' : ` ${text.slice(0, 60)}`}?
      </h2>
      <AskBox ask={ask} />
      {text === undefined && (
        <p class="soft small">Choose a hwcap or a cpucap below, or write any name: present or absent, you see the way of its bit.</p>
      )}
      {text !== undefined && (
        <a class="small no-print" href={closeLink}>
          Close
        </a>
      )}
    </div>
  );
  if (text !== undefined && Panel !== undefined) return <Panel text={text} head={head} {...props} />;
  return (
    <section class="why" aria-labelledby="why-title">
      {head}
    </section>
  );
}
