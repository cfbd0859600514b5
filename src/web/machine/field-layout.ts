import type { FieldDescriptor } from '../../arch/register.ts';

/** A stretch of a row of bits: a field or a part of one, or bits without a field. */
export interface Segment {
  /** Absent: no named field stands here. */
  readonly field?: FieldDescriptor;
  readonly msb: number;
  readonly lsb: number;
}

/** One row of a diagram, from its top bit down. */
export type Row = readonly Segment[];

/** The bits of a register from the top down: its fields and the gaps between them. */
function segments(fields: readonly FieldDescriptor[], width: number): readonly Segment[] {
  const found: Segment[] = [];
  let next = width - 1;
  for (const field of [...fields].sort((a, b) => b.msb - a.msb)) {
    if (field.msb < next) found.push({ msb: next, lsb: field.msb + 1 });
    found.push({ field, msb: field.msb, lsb: field.lsb });
    next = field.lsb - 1;
  }
  if (next >= 0) found.push({ msb: next, lsb: 0 });
  return found;
}

/**
 * Lays a register out in rows of so many bits, the top bits first. A field that crosses the end of a row stands in both.
 *
 * @param width - The bits to show: 64, or 32 for a register that has nothing above.
 */
export function layoutFields(fields: readonly FieldDescriptor[], width: 32 | 64, bitsPerRow: number): readonly Row[] {
  const all = segments(fields, width);
  const rows: Row[] = [];
  for (let top = width - 1; top >= 0; top -= bitsPerRow) {
    const low = Math.max(0, top - bitsPerRow + 1);
    const inside = all.filter(({ msb, lsb }) => msb >= low && lsb <= top);
    rows.push(inside.map((segment) => ({ ...segment, msb: Math.min(segment.msb, top), lsb: Math.max(segment.lsb, low) })));
  }
  return rows;
}
