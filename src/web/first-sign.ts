/** What tells that a reader is about to do something. */
const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin', 'wheel', 'scroll'] as const;

let signed: Promise<void> | undefined;

/** Settles when the reader first moves, touches, types or scrolls: what only serves the next step is fetched then. */
export function firstSign(): Promise<void> {
  signed ??= new Promise((resolve) => {
    const stop = new AbortController();
    const seen = (event: Event): void => {
      // Browsers tell where a resting pointer is, too.
      if (event.type === 'pointermove' && (event as PointerEvent).movementX === 0 && (event as PointerEvent).movementY === 0) return;
      stop.abort();
      resolve();
    };
    for (const sign of SIGNS) addEventListener(sign, seen, { passive: true, signal: stop.signal });
  });
  return signed;
}
