import type { VNode } from 'preact';
import { type ShownField, shortValue } from './shown-register.ts';

interface Props {
  /** Absent: bits without a field. */
  readonly own: ShownField | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly msb: number;
  readonly lsb: number;
}

/** The width of a character at the size of 11 units. */
const CHARACTER = 6.7;

/** The heights of the numbers over a box and of the box. */
export const HEAD = 12;
export const HEIGHT = 46;

/** The same at the size of 8 units, in which the name of a narrow field stands upright. */
const SMALL_CHARACTER = 4.9;

/** A box narrower than this has no room for a name of more than three letters. */
const NARROW = 40;

/** As much of a text as fits. */
function fitting(text: string, width: number, character: number = CHARACTER): string {
  const room = Math.max(1, Math.floor((width - 2) / character));
  return text.length <= room ? text : room < 4 ? text.slice(0, room) : `${text.slice(0, room - 1)}…`;
}

function otherLine({ was, guest }: ShownField): string {
  if (guest !== undefined) return `guest ${guest}`;
  return was === undefined ? '' : `was ${was}`;
}

function stateOf(own: ShownField | undefined): string {
  if (own === undefined) return 'gap';
  return ['box', own.raw === 0n && !own.isOpen ? 'zero' : '', own.was === undefined ? '' : 'edited', own.reserved ? 'reserved' : '']
    .filter(Boolean)
    .join(' ');
}

/** What stands in a box: in lines, or in a narrow one upright. */
function BoxText({
  own,
  middle,
  top,
  width,
}: {
  readonly own: ShownField;
  readonly middle: number;
  readonly top: number;
  readonly width: number;
}): VNode {
  if (width < NARROW && own.field.name.length > 3) {
    const center = top + HEIGHT / 2;
    return (
      <text class="value upright" x={middle} y={center + 3} transform={`rotate(-90 ${middle} ${center})`}>
        {fitting(`${own.field.name} ${own.isOpen ? '?' : own.raw}`, HEIGHT, SMALL_CHARACTER)}
      </text>
    );
  }
  const line = (text: string, at: number, kind: string): VNode => (
    <text class={kind} x={middle} y={top + at}>
      {fitting(text, width)}
    </text>
  );
  return (
    <>
      {line(own.field.name, 14, 'name')}
      {line(shortValue(own), 28, 'value')}
      {line(otherLine(own), 41, 'other')}
    </>
  );
}

/** One box of a diagram: the numbers of its bits, the field's name and its value. */
export function FieldBox({ own, x, y, width, msb, lsb }: Props): VNode {
  const middle = x + width / 2;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: what is drawn takes no focus; the link over it says the same in words
    <g class={stateOf(own)} aria-hidden="true">
      <text class={msb === lsb ? 'bit' : 'bit bit-start'} x={x + (msb === lsb ? width / 2 : 2)} y={y + 9}>
        {msb}
      </text>
      {msb !== lsb && (
        <text class="bit bit-end" x={x + width - 2} y={y + 9}>
          {lsb}
        </text>
      )}
      <rect x={x} y={y + HEAD} width={width} height={HEIGHT} />
      {own !== undefined && <BoxText own={own} middle={middle} top={y + HEAD} width={width} />}
      {own?.was !== undefined && <rect class="mark" x={x} y={y + HEAD + HEIGHT - 3} width={width} height={3} />}
    </g>
  );
}
