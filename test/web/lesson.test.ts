import { beforeAll, describe, expect, it } from 'vitest';
import { why } from '../../src/answers/why.ts';
import { answerTo } from '../../src/web/lesson/answer-to.ts';
import { parseLesson } from '../../src/web/lesson/lesson.ts';
import { choicesOf } from '../../src/web/lesson/question.ts';
import { LESSON_NAMES, textNamed } from '../../src/web/lesson/texts.ts';
import { fetchMachine } from '../../src/web/scenario/base-machine.ts';
import { buildScenario } from '../../src/web/scenario/build-scenario.ts';
import { parseScenario } from '../../src/web/scenario/scenario-query.ts';
import { LOSS } from '../../src/web/why/loss.ts';

/** What the text after each question says, in order. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  'id-field': ['no', 'yes', 'yes', 'no'],
  'way-of-a-hwcap': ['kernel', 'yes', 'hypervisor', 'kernel'],
  'big-little': ['yes', 'no', '1', 'kernel'],
  erratum: ['yes', 'kernel', 'yes'],
  guest: ['hypervisor', 'no', 'yes', 'yes'],
  'no-sve': ['hypervisor', 'kernel', 'kernel', 'kernel'],
  levels: ['no', 'yes', 'no'],
  sigill: ['silicon', 'no', 'hypervisor', 'no'],
};

describe('the lessons', () => {
  beforeAll(() => LOSS.load().then(() => undefined));

  it.each(LESSON_NAMES)('%s: what it tells is what the library derives, and is among what can be chosen', async (name) => {
    const { steps, problems } = parseLesson(textNamed(name)!);
    expect(problems).toEqual([]);
    const answers: (string | undefined)[] = [];
    for (const { question } of steps) {
      if (question === undefined) continue;
      const { value } = parseScenario(question.query);
      const found = await fetchMachine(value.machine, value);
      if (!('base' in found)) throw new Error(found.problem);
      const answer = answerTo(question, why(question.subject, buildScenario(value, found.base).scenario, { maxBoots: 0 }));
      expect(choicesOf(question).map((choice) => choice.value)).toContain(answer);
      answers.push(answer);
    }
    expect(answers).toEqual(TOLD[name]);
  });
});

/** A lesson whose only way is this. */
const withWay = (...lines: readonly string[]) => parseLesson(['# Mine', '', '## First', '```way', ...lines, '```'].join('\n'));

describe('a lesson of one’s own', () => {
  it('is Markdown: a title, steps, text and lists, and ways that ask', () => {
    const { title, intro, steps, problems } = parseLesson(
      '# Mine\n\nHello\nyou.\n\n## First\r\n\nLook:\n\n- here\n- there\n\n```way\nmachine/rk3588/?k=6.12\nask sve\nflip\n```\n\nSo it is.\n',
    );
    expect({ title, intro, problems }).toEqual({ title: 'Mine', intro: [{ kind: 'paragraph', lines: ['Hello you.'] }], problems: [] });
    expect(steps).toMatchObject([
      {
        title: 'First',
        before: [
          { kind: 'paragraph', lines: ['Look:'] },
          { kind: 'list', lines: ['here', 'there'] },
        ],
        question: { kind: 'ask', subject: { kind: 'hwcap', name: 'sve' }, flip: true },
        after: [{ kind: 'paragraph', lines: ['So it is.'] }],
      },
    ]);
  });

  it.each([
    ['a machine that is not known', ['machine/rk3888/', 'ask sve'], 5, 'no machine rk3888; did you mean rk3588?'],
    ['an address of something else', ['compare/', 'ask sve'], 5, 'no address of a machine'],
    ['an edit that is none', ['machine/rk3588/?set=x', 'ask sve'], 5, 'set=x is no edit'],
    ['a name that is not known', ['machine/rk3588/', 'ask atomic5'], 6, 'atomic5'],
    ['a word that is not known', ['machine/rk3588/', 'tell sve'], 6, '“tell” is no word of a way; expected ask, where, keep or flip'],
    ['no name', ['machine/rk3588/', '', 'ask'], 7, '“ask” of what?'],
    ['a second question', ['machine/rk3588/', 'ask sve', 'ask fp'], 7, 'asks one question'],
    ['the kept value of what is no field', ['machine/rk3588/', 'keep sve'], 6, '“keep” asks of a field'],
    ['no question', ['machine/rk3588/'], 5, 'asks nothing'],
    ['nothing', [], 4, 'the way is empty'],
  ])('%s is told with its line, and the step stays', (_, lines, line, message) => {
    const { steps, problems } = withWay(...lines);
    expect(problems[0]).toEqual({ line, message: expect.stringContaining(message) });
    expect(steps).toHaveLength(1);
  });

  it.each(['', '# x', '## y\n```way\n```', '## y\n```way\n\nask\n```', '# x\n## y\n```way\nmachine/rk3588/\nask fp', '\0'])(
    '%j does not make it fail, and it says what is missing',
    (text) => {
      expect(parseLesson(text).problems.length).toBeGreaterThan(0);
    },
  );
});
