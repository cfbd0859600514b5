import type { VNode } from 'preact';

/** The paths of a sign in a square of 16 by 16 units. */
interface Drawing {
  readonly line?: string;
  readonly area?: string;
}

type DrawnCharacter = '✓' | '✗' | '●' | '◐' | '◉' | '○' | '◌' | '→' | '◂';

/** A character that stands for something. Fonts may lack the first nine, which are therefore drawn; the others are in every font. */
export type SignCharacter = DrawnCharacter | '·' | '–' | '?' | '~';

const RING = 'M13 8A5 5 0 1 1 3 8a5 5 0 1 1 10 0z';

const DRAWINGS: Readonly<Record<DrawnCharacter, Drawing>> = {
  '✓': { line: 'M2.5 8.5l4 4 7-9' },
  '✗': { line: 'M3.5 3.5l9 9m0-9l-9 9' },
  '●': { line: RING, area: RING },
  '◐': { line: RING, area: 'M8 3a5 5 0 0 0 0 10z' },
  '◉': { line: RING, area: 'M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 1 1 5 0z' },
  '○': { line: RING },
  '◌': { line: 'M12.6 6.1a5 5 0 0 1 0 3.8m-2.7 2.7a5 5 0 0 1-3.8 0m-2.7-2.7a5 5 0 0 1 0-3.8m2.7-2.7a5 5 0 0 1 3.8 0' },
  '→': { line: 'M1.5 8h13m-5-5l5 5-5 5' },
  '◂': { area: 'M12 2.5v11L4 8z' },
};

function isDrawn(character: SignCharacter): character is DrawnCharacter {
  return character in DRAWINGS;
}

interface Props {
  readonly character: SignCharacter;
  /** What is read aloud in its place. Without it the sign is silent, and words beside it say the same. */
  readonly label?: string;
}

/** A sign that looks the same in every font. The character itself is there too, out of sight, so that a copied line has it. */
export function Sign({ character, label }: Props): VNode {
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  if (!isDrawn(character)) return <span {...spoken}>{character}</span>;
  const { line, area } = DRAWINGS[character];
  return (
    <span class="drawn" {...spoken}>
      <svg aria-hidden="true" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2">
        {line !== undefined && <path d={line} />}
        {area !== undefined && <path d={area} fill="currentColor" stroke="none" />}
      </svg>
      {character}
    </span>
  );
}
