import type { ShownField } from './shown-register.ts';

/** Moves the focus among the fields of a register, so that all of them are one stop of the Tab key. */
export function moveFocus(event: KeyboardEvent, around: Element | null): void {
  const links: readonly Element[] = [...(around?.querySelectorAll('a') ?? [])];
  const at = document.activeElement === null ? -1 : links.indexOf(document.activeElement);
  const to: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1 };
  const next = links[to[event.key] ?? -1];
  if (at === -1 || !(next instanceof SVGElement || next instanceof HTMLElement)) return;
  event.preventDefault();
  for (const link of links) link.setAttribute('tabindex', link === next ? '0' : '-1');
  next.focus();
}

/** Where a field lies, in words. */
function bitsOf({ field: { msb, lsb } }: ShownField): string {
  return msb === lsb ? `bit ${msb}` : `bits ${msb} to ${lsb}`;
}

/** All that is seen of a field, in words. */
export function spoken(own: ShownField): string {
  const { field, raw, name, meaning, was, guest, isOpen } = own;
  const value = isOpen ? ['not known'] : [`${raw}`, name ?? '', meaning];
  const said = [`${field.name}, ${bitsOf(own)}: ${value.filter(Boolean).join(', ')}`, was === undefined ? '' : `changed, was ${was}`];
  return [...said, guest === undefined ? '' : `a guest gets ${guest}`].filter(Boolean).join(', ');
}
