import type { VNode } from 'preact';

interface Props {
  readonly names: readonly string[];
  linkOf?(name: string): string;
}

/** Names that were there at the start and are not any more. */
export function GoneNames({ names, linkOf }: Props): VNode | null {
  if (names.length === 0) return null;
  return (
    <p class="small">
      Gone since the start:{' '}
      {names.map((name, i) => (
        <span key={name}>
          {i > 0 && ' '}
          <del class="mono gone">{linkOf === undefined ? name : <a href={linkOf(name)}>{name}</a>}</del>
        </span>
      ))}
    </p>
  );
}
