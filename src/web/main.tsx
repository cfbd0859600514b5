import { applyTheme, storedTheme } from './theme.ts';

/** What tells that a reader is about to do something. */
const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin', 'wheel', 'scroll'] as const;

let started = false;

async function start(place: HTMLElement): Promise<void> {
  if (started) return;
  started = true;
  for (const sign of SIGNS) removeEventListener(sign, begin);
  const { startExplorer } = await import('./start.tsx');
  await startExplorer(place);
}

const app = document.getElementById('app');

function begin(): void {
  if (app !== null) void start(app);
}

applyTheme(storedTheme());
// A page that is there already is taken over when somebody is about to use it; what an address asks besides its name is shown at once.
const isWritten = app?.dataset.written !== undefined && location.search === '' && !location.hash.startsWith('#/');
if (isWritten) for (const sign of SIGNS) addEventListener(sign, begin, { passive: true });
else begin();
