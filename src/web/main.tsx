import { firstSign } from './first-sign.ts';
import { applyTheme, storedTheme } from './theme.ts';
// What most views are dressed in is one file with what all of them are.
import './catalogue/catalogue.css';
import './card/card.css';
import './levels/levels.css';
import './share/share.css';
import './why/why.css';

async function start(place: HTMLElement): Promise<void> {
  const { startExplorer } = await import('./start.tsx');
  await startExplorer(place);
}

const app = document.getElementById('app');
const signed = firstSign();

applyTheme(storedTheme());
// A page that is there already is taken over when somebody is about to use it; what an address asks besides its name is shown at once.
const isWritten = app?.dataset.written !== undefined && location.search === '' && !location.hash.startsWith('#/');
if (app !== null) void (isWritten ? signed.then(() => start(app)) : start(app));
