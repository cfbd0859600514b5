import { findWhySubject, why } from '../../answers/why.ts';
import { escapeMarkup } from '../escape-markup.ts';
import { NAMES } from '../name/names.ts';
import type { Route } from '../route.ts';
import { fetchMachine } from '../scenario/base-machine.ts';
import { buildScenario } from '../scenario/build-scenario.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { STAGE_TITLES } from '../why/stage-names.ts';
import { stagesOf } from '../why/stages.ts';
import { loadWayStart, onMachine } from '../why/way-start.ts';
import { withPrograms } from '../why/with-programs.ts';

const WIDTH = 1200;
const HEIGHT = 630;
const COLOURS = { passed: '#0b6e4f', lost: '#b3261e', after: '#9aa1a9', open: '#8a5a00' } as const;
const LETTERS = 'font-family="system-ui, Segoe UI, Roboto, sans-serif"';

/** Lines of at most so many characters. */
function lines(text: string, room: number, most: number): readonly string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length + word.length < room) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found.length > most ? [...found.slice(0, most - 1), `${found[most - 1]} …`] : found;
}

function textAt(x: number, y: number, size: number, rows: readonly string[], more: string = ''): string {
  return rows
    .map((row, index) => `<text x="${x}" y="${y + index * size * 1.35}" font-size="${size}" ${more}>${escapeMarkup(row)}</text>`)
    .join('');
}

/** The way of a name's bit as a picture for those who pass a link on; `undefined` for what has no bit. */
export async function bitPicture({ view, name }: Route): Promise<string | undefined> {
  if (name === '' || (view !== 'hwcap' && view !== 'feat')) return undefined;
  const subject = findWhySubject(name);
  const query = parseScenario(onMachine([], (await loadWayStart(subject)).machine)).value;
  const found = await fetchMachine(query.machine);
  if (!('base' in found)) return undefined;
  const answer = withPrograms(why(subject, buildScenario(query, found.base).scenario, { maxBoots: 0 }));
  const stages = stagesOf(answer);
  const step = (WIDTH - 240) / (stages.length - 1);
  const stops = stages.map(({ stage, state, words }, index) => {
    const x = 120 + index * step;
    const colour = COLOURS[state];
    const line =
      index === 0
        ? ''
        : `<path d="M${x - step + 34} 380H${x - 34}" stroke="${state === 'passed' ? COLOURS.passed : COLOURS.after}" stroke-width="6"${state === 'passed' ? '' : ' stroke-dasharray="10 12"'}/>`;
    const bit = state === 'passed' ? '1' : state === 'lost' ? '0' : state === 'open' ? '?' : '';
    return `${line}<rect x="${x - 30}" y="350" width="60" height="60" rx="8" fill="${state === 'passed' ? colour : '#fff'}" stroke="${colour}" stroke-width="5"/>${textAt(x, 392, 34, [bit], `text-anchor="middle" font-weight="700" fill="${state === 'passed' ? '#fff' : colour}"`)}${textAt(x, 452, 24, [STAGE_TITLES[stage]], 'text-anchor="middle" font-weight="600"')}${textAt(x, 486, 19, lines(words, 20, 3), 'text-anchor="middle" fill="#53585f"')}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" ${LETTERS}><rect width="100%" height="100%" fill="#fff"/>${textAt(90, 150, 84, [name], 'font-weight="700" font-family="ui-monospace, Menlo, Consolas, monospace"')}${textAt(90, 205, 26, lines(NAMES[view].sentence(name), 78, 3), 'fill="#53585f"')}${stops.join('')}${textAt(90, 590, 24, [`armlens · ${found.base.title}, Linux ${answer.release}`], 'fill="#53585f"')}</svg>\n`;
}
