/** What of a register can be gone to, part by part; what is opened in it besides is reached by Tab. */
const PARTS = ['.register-value', '.field-chips a, .diagram a', ':scope > details > summary'];

const ROW = '.register';

function rowsOf(list: Element): readonly Element[] {
  return [...list.querySelectorAll(ROW)];
}

/** The elements of a part of a row, and which of them is a stop of the Tab key. */
function partOf(row: Element, part: string): { readonly all: readonly Element[]; readonly stop: Element | undefined } {
  const all = [...row.querySelectorAll(part)];
  const stop =
    all.find((one) => one === document.activeElement) ?? all.find((one) => one.getAttribute('aria-current') === 'true') ?? all[0];
  return { all, stop };
}

/** Makes one row of a list the only one at which the Tab key stops: that of the focus, the one that it was, or the first. */
export function setStops(list: Element): void {
  const rows = rowsOf(list);
  const chosen = rows.find((row) => row.contains(document.activeElement)) ?? rows.find((row) => row.hasAttribute('data-stop')) ?? rows[0];
  for (const row of rows) {
    row.toggleAttribute('data-stop', row === chosen);
    for (const part of PARTS) {
      const { all, stop } = partOf(row, part);
      for (const one of all) one.setAttribute('tabindex', row === chosen && one === stop ? '0' : '-1');
    }
  }
}

/** Moves the focus by arrow up or down to the same part of the row above or below. */
export function moveRow(event: KeyboardEvent, list: Element): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const from = event.target instanceof Element ? event.target : undefined;
  const row = from?.closest(ROW);
  if (step === undefined || from === undefined || row == null || event.ctrlKey || event.metaKey || event.altKey) return;
  const part = PARTS.find((one) => partOf(row, one).all.includes(from));
  const rows = rowsOf(list);
  const next = rows[rows.indexOf(row) + step];
  if (part === undefined || next === undefined) return;
  const { stop = partOf(next, PARTS[0]!).stop } = partOf(next, part);
  event.preventDefault();
  if (stop instanceof HTMLElement || stop instanceof SVGElement) stop.focus();
}
