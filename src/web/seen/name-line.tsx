import type { VNode } from 'preact';

interface Props {
  /** What stands before the names, as `Features\t:`. */
  readonly head: string;
  readonly names: readonly string[];
  /** The names at the start; those that came since are marked. */
  readonly start: ReadonlySet<string>;
  /** What is asked about. */
  readonly current: string | undefined;
  linkOf?(name: string): string;
}

/** Names as a terminal shows them. What marks a new one is drawn, not written, so that a copy is as from a terminal. */
export function NameLine({ head, names, start, current, linkOf }: Props): VNode {
  return (
    <pre class="wrap names">
      {head}
      {names.map((name) => {
        const kind = start.has(name) ? undefined : 'came';
        return (
          <span key={name}>
            {' '}
            {linkOf === undefined ? (
              <span class={kind}>{name}</span>
            ) : (
              <a class={kind} href={linkOf(name)} aria-current={name === current ? 'true' : undefined}>
                {name}
              </a>
            )}
          </span>
        );
      })}
    </pre>
  );
}
