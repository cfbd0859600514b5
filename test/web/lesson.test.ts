import { describe, expect, it } from 'vitest';
import { findWhySubject, why } from '../../src/answers/why.ts';
import { parseLesson } from '../../src/web/lesson/lesson.ts';
import { findMachine } from '../../src/web/scenario/base-machine.ts';
import { buildScenario } from '../../src/web/scenario/build-scenario.ts';
import { parseScenario } from '../../src/web/scenario/scenario-query.ts';
import { LESSON_NAMES, lessonNamed } from '../../src/web/views/lesson.tsx';

/** What the text after each question says, in order: whether it arrives. */
const TOLD: Readonly<Record<string, readonly boolean[]>> = {
  'id-field': [false, true],
  'way-of-a-hwcap': [false, true],
  'big-little': [true, false],
  erratum: [true, false],
  guest: [false, false],
  levels: [false, true],
  sigill: [false, false],
};

describe('the lessons', () => {
  it.each(LESSON_NAMES)('%s: what it tells is what the library derives', async (name) => {
    const { steps, problems } = lessonNamed(name)!;
    expect(problems).toEqual([]);
    const answers: boolean[] = [];
    for (const { route, ask } of steps) {
      if (route === undefined || ask === undefined) continue;
      const { value, problems: wrong } = parseScenario(route.query);
      expect(wrong).toEqual([]);
      const found = await findMachine(value.machine);
      if (!('base' in found)) throw new Error(found.problem);
      answers.push(why(findWhySubject(ask), buildScenario(value, found.base).scenario, { maxBoots: 0 }).present);
    }
    expect(answers).toEqual(TOLD[name]);
  });
});

describe('a lesson of one’s own', () => {
  it('is Markdown: a title, steps, and ways that ask', () => {
    const { title, intro, steps, problems } = parseLesson(
      '# Mine\n\nHello.\n\n## First\r\n\nLook.\n\n```way\nmachine/rk3588/?k=6.12\nask sve\n```\n\nSo it is.\n',
    );
    expect({ title, intro, problems }).toEqual({ title: 'Mine', intro: ['Hello.'], problems: [] });
    expect(steps).toMatchObject([{ title: 'First', before: ['Look.'], ask: 'sve', after: ['So it is.'] }]);
  });

  it.each(['', '# x', '## y\n```way\n```', '## y\n```way\n\nask\n```', '\0'])(
    '%j does not make it fail, and it says what is missing',
    (text) => {
      expect(parseLesson(text).problems.length + parseLesson(text).steps.length).toBeGreaterThan(0);
    },
  );
});
