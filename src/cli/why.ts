import { type UsualField, usualFields } from '../answers/why/usual-field.ts';
import { why as explain, findWhySubject, hwcapsOfSubject, otherMeanings, type Station, type Why, type WhySubject } from '../answers/why.ts';
import { formatSuggestion } from '../formats/change-words.ts';
import { formatAnswer } from '../formats/json.ts';
import { PLACE_NAMES, stationLines } from '../formats/station-words.ts';
import { formatValue } from '../formats/value-words.ts';
import { formatVerdict } from '../formats/verdict.ts';
import { given } from '../given.ts';
import type { Outcome } from '../linux/bring-up/evaluate.ts';
import { chooseVersions } from '../runtime/choose.ts';
import type { ProgramVersion } from '../runtime/program.ts';
import { type Call, type Command, textOf } from './command.ts';
import { guestHost, writtenLayers } from './guest-options.ts';
import { environmentOf, headOf, hostInput, type Input, kernelOf, noteKaslr } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { kvmScenarioOf } from './kvm-options.ts';
import { JSON_OPTION, MACHINE_ARGUMENT, SYSTEM_OPTIONS } from './options.ts';
import { kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { type Palette, paletteOf, wrap } from './style.ts';

/** The column at which what happened stands, behind mark and place. */
const TEXT_COLUMN = 18;

const MARKS: Readonly<Record<Station['fate'], string>> = { passed: '✓', lost: '✗', partly: '~', noted: '·' };

/** Breaks a line so that it stands behind the place, further lines a little deeper. */
function hanging(line: string, columns: number): string {
  const depth = /^ */.exec(line)![0].length;
  const indent = ' '.repeat(TEXT_COLUMN + depth);
  return wrap(line, columns - 2, indent).replaceAll(`\n${indent}`, `\n${indent}  `);
}

function stationText(station: Station, repeated: boolean, count: number, { columns }: Io, palette: Palette): string {
  const [first = '', ...more] = stationLines(station, count).map((line) => hanging(printable(line), columns));
  const lost =
    station.fate === 'lost' ? ` — ${repeated ? 'here too' : 'lost here'}` : station.fate === 'partly' ? ' — not on all CPUs' : '';
  const paint = station.fate === 'lost' ? palette.bad : station.fate === 'passed' ? palette.good : (text: string): string => text;
  const head = `  ${paint(MARKS[station.fate])} ${PLACE_NAMES[station.place].padEnd(TEXT_COLUMN - 4)}`;
  const lines = [head + first.trimStart(), ...more].join('\n');
  return lost === '' ? `${lines}\n` : `${lines}\n${' '.repeat(TEXT_COLUMN)}${paint(lost.slice(3))}\n`;
}

function chainText({ chain, system }: Why, io: Io, palette: Palette): string {
  let lost = false;
  return chain
    .map((station) => {
      const text = stationText(station, lost, system.cpus.length, io, palette);
      lost ||= station.fate === 'lost';
      return text;
    })
    .join('');
}

function searchText({ present, search, system }: Why, isGuest: boolean, io: Io, palette: Palette): string {
  const head = `\n${palette.head(present ? 'What would take it away' : 'What would bring it')}\n`;
  const lines = search.suggestions.map(
    (suggestion) => `${wrap(printable(formatSuggestion(suggestion, system.cpus.length)), io.columns - 2, '    ').replace('   ', '  -')}\n`,
  );
  const cut = search.cut ? `  The search stopped after ${search.boots} tries; there may be more.\n` : '';
  const none = `Nothing that was tried: words of the command line, options, releases, CPUs, fields${isGuest ? ', what the vCPU is made with, newer kernels of the host' : ''}.`;
  return `${head}${lines.length === 0 ? `${wrap(none, io.columns, '  ')}\n` : lines.join('').replaceAll(/\n {4}/g, '\n    ')}${cut}`;
}

function usualText({ core, field, value, machines, isChosen }: UsualField, { columns }: Io): string {
  const of = machines === 1 ? `the only ${core} known` : `every ${core} known (${machines})`;
  const chosen = isChosen ? ', which is up to whoever builds a chip' : '';
  return `${wrap(`Usual: ${of} has ${field} = ${formatValue(field, value)}${chosen}.`, columns)}\n`;
}

async function printWhy(answer: Why, input: Input, others: readonly string[], isGuest: boolean, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const usual = (await usualFields(answer.chain, answer.system)).map((one) => usualText(one, io)).join('');
  const verdict = wrap(printable(formatVerdict(answer)), io.columns);
  const title = wrap(`${printable(input.name)}, ${kernelTitle(answer.system.kernel, answer.release)}`, io.columns);
  const also =
    others.length === 0
      ? ''
      : `${palette.dim(wrap(`The name has other meanings too: armlens why ${others.join(', or ')}.`, io.columns))}\n`;
  return `${palette.strong(verdict)}\n${usual}${palette.dim(title)}\n${also}\n${palette.head('The way of the bit')}\n${chainText(answer, io, palette)}${searchText(answer, isGuest, io, palette)}`;
}

/** An answer as JSON output holds it, without the system. */
function whyObject({ system, subject, release: _, ...answer }: Why): object {
  return {
    verdict: formatVerdict({ system, subject, release: system.release, ...answer }),
    asked: subject,
    ...answer,
    environment: system.environment,
  };
}

/** The programs to which the bit is followed. */
function programsOf(subject: WhySubject, list: string | undefined): readonly ProgramVersion[] {
  if (list === undefined) return [];
  if (hwcapsOfSubject(subject).length === 0) {
    throw new CommandError(EXIT.usage, `--in: programs learn of ${subject.name} by no hwcap; ask for a hwcap, or a FEAT_* that has one`);
  }
  return chooseVersions(list);
}

/** Whether what was asked for is there: for programs, if any were named, else for processes. */
function isPresent({ present, chain }: Why): boolean {
  const programs = chain.filter(({ place }) => place === 'runtime');
  return present && programs.every(({ fate }) => fate === 'passed');
}

/** Whether a condition comes to what it does because addresses are random. */
function hangsOnKaslr({ condition, held, parts = [] }: Outcome): boolean {
  return held && (('rule' in condition && condition.rule === 'random-address') || parts.some(hangsOnKaslr));
}

async function answerOf({ positionals, values, io }: Call): Promise<readonly [Why, Input, readonly string[]]> {
  const [text = '', ...words] = positionals;
  const subject = findWhySubject(text);
  const host = await hostInput(words, values, io);
  const layers = await writtenLayers(values, io);
  const kvm = await kvmScenarioOf(host, values, io, layers);
  const input = guestHost(host, values);
  const kernel = await kernelOf(values, io, input);
  const programs = programsOf(subject, textOf(values, 'in'));
  const scenario = {
    machine: input.machine,
    layers,
    kernel,
    environment: environmentOf(values, io, input),
    ...given({ kvm }),
  };
  const answer = explain(subject, scenario, { programs });
  if (answer.chain.some((station) => station.place === 'condition' && hangsOnKaslr(station.outcome))) noteKaslr(values, input, io);
  return [answer, input, otherMeanings(text, subject)];
}

/** `armlens why`: why something is there or is not, layer by layer, and what would change it. */
export const why: Command = {
  name: 'why',
  summary: 'why a hwcap, FEAT_*, cpucap or field is there or is not, and what would change it',
  args: [
    { name: '<what>', help: 'such as sve2, FEAT_LSE, HAS_PAN, ID_AA64PFR0_EL1.SVE or compat:neon', completion: 'question' },
    MACHINE_ARGUMENT,
  ],
  options: [
    ...SYSTEM_OPTIONS,
    { flags: '--in <list>', help: 'follow it to these programs too: go, rust@1.85, gcc, …', completion: 'none' },
    JSON_OPTION,
  ],
  examples: [
    'armlens why sve apple-m2-max',
    'armlens why ssbs rk3588 --kernel 6.12.107 --config debian',
    'armlens why sve trm-neoverse-v1 --set ID_AA64PFR0_EL1.SVE=0',
    'armlens why sve2 trm-neoverse-n2 --in rust,gcc@12',
    'armlens why FEAT_LSE registers.txt --kernel 5.10 --json',
  ],
  guide: 'ask-why',
  async run(call) {
    const [answer, input, others] = await answerOf(call);
    const { io, values } = call;
    await io.write(
      values.json === true
        ? formatAnswer('why', headOf(input, answer.system.kernel), whyObject(answer))
        : await printWhy(answer, input, others, values.kvm !== undefined, io),
    );
    if (input.damaged) return EXIT.badInput;
    return isPresent(answer) ? EXIT.ok : EXIT.differs;
  },
};
