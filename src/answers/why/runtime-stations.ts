import { ALL_ARCH_FEATURE_RULES } from '../../arch/arch-feature-rule.ts';
import { given } from '../../given.ts';
import { leavesAtFault } from '../../logic/judge.ts';
import { replaceLeaves } from '../../logic/tree.ts';
import type { Truth } from '../../logic/truth.ts';
import { type Process, processOf } from '../../process/process.ts';
import { conclude } from '../../runtime/conclude.ts';
import { gccDriver } from '../../runtime/gcc/driver-tables.ts';
import { featureWords } from '../../runtime/gcc/read-cpuinfo.ts';
import { goesBy } from '../../runtime/hwcap-programs.ts';
import { holdsIn } from '../../runtime/judge-program.ts';
import { judgeLeaf } from '../../runtime/process-leaf.ts';
import { PROGRAMS, type ProgramVersion } from '../../runtime/program.ts';
import type { NameRow, ProcessCondition, ProcessLeaf } from '../../runtime/runtime-rows.ts';
import type { Why } from './follow.ts';
import type { RuntimeName, Station } from './station.ts';
import { hwcapsOfSubject } from './subject-hwcaps.ts';
import type { WhySubject } from './why-subject.ts';

/** A rule with the rules of the names that it stands on in their places. */
function whole(when: ProcessCondition, rows: readonly NameRow[]): ProcessCondition {
  return replaceLeaves<ProcessLeaf, ProcessLeaf>(when, (leaf) => {
    if (!('name' in leaf)) return leaf;
    const row = rows.find(({ name }) => name === leaf.name);
    return row?.when === undefined ? { all: [] } : whole(row.when, rows);
  });
}

/** A leaf that keeps a name from holding, in few words. */
function faultWord(leaf: ProcessLeaf, wanted: boolean): string {
  const [what] = Object.values(leaf) as readonly unknown[];
  return `${wanted ? '' : 'not '}${Array.isArray(what) ? what.join(' or ') : String(what)}`;
}

function judged(process: Process, name: string, when: ProcessCondition, rows: readonly NameRow[]): Omit<RuntimeName, 'answer'> {
  const judgeOf = (leaf: ProcessLeaf): Truth => judgeLeaf(process, leaf, () => undefined);
  const faults = leavesAtFault(whole(when, rows), judgeOf);
  const open = faults.filter(({ leaf }) => judgeOf(leaf) === undefined);
  return {
    name,
    holds: faults.length === 0 || (open.length === faults.length ? undefined : false),
    lacks: [...new Set(faults.map(({ leaf, wanted }) => faultWord(leaf, wanted)))],
  };
}

function byRules(process: Process, { program, version }: ProgramVersion, hwcaps: readonly string[]): readonly RuntimeName[] {
  return PROGRAMS[program].answers
    .filter((answer) => holdsIn(answer, version) && answer.kind !== 'first')
    .flatMap(({ name: answer, rows: all }) => {
      const rows = all.filter((row) => holdsIn(row, version));
      return rows
        .filter(({ when }) => when !== undefined && hwcaps.some((hwcap) => goesBy(when, hwcap)))
        .map(({ name, when }) => ({ ...given({ answer }), ...judged(process, name, when!, rows) }));
    });
}

/** GCC: the extensions whose words it waits for, as it reads the line. */
function byGcc(process: Process, version: string, hwcaps: readonly string[]): readonly RuntimeName[] {
  const driver = gccDriver(version);
  const features = process.cpuinfo?.find((entry) => entry.features.length > 0)?.features ?? [];
  const read = featureWords(features, driver);
  const seen: Process = { ...process, cpuinfo: [{ processor: 0, features: [...read] }] };
  return driver.extensions
    .filter(({ when, standsFor }) => when !== undefined && standsFor === undefined && hwcaps.some((hwcap) => goesBy(when, hwcap)))
    .map(({ name, when }) => {
      const found = judged(seen, name, when!, []);
      const lost = found.lacks.filter((word) => features.includes(word));
      return {
        ...found,
        lacks: found.lacks.map((word) =>
          lost.includes(word) ? `${word} (printed, but lost where the driver reads the line in pieces)` : word,
        ),
      };
    });
}

/** Clang: the fixed list of the core, whatever the hwcap says. */
function byClang(process: Process, hwcaps: readonly string[]): readonly RuntimeName[] {
  const [cpu, features] = conclude(process, 'clang', '19');
  const core = cpu?.names[0];
  const names = ALL_ARCH_FEATURE_RULES.filter(({ linuxHwcaps = [] }) => hwcaps.some((name) => linuxHwcaps[0] === name)).flatMap(
    ({ llvm }) => llvm?.targetFeature ?? [],
  );
  return [...new Set(names)].map((name) => ({
    name: `+${name}`,
    holds: core === undefined ? undefined : features?.names.includes(`+${name}`) === true,
    lacks:
      core === undefined
        ? ['the name of the core']
        : features?.names.includes(`+${name}`) === true
          ? []
          : [`a core that has it: ${core} has not, and Features is not looked at`],
  }));
}

function namesOf(process: Process, one: ProgramVersion, hwcaps: readonly string[]): readonly RuntimeName[] {
  if (one.program === 'gcc') return byGcc(process, one.version, hwcaps);
  return one.program === 'clang' ? byClang(process, hwcaps) : byRules(process, one, hwcaps);
}

/** The last stations of a bit: what programs make of it. Versions of a program that make the same of it share one. */
function runtimeStations(subject: WhySubject, process: Process, versions: readonly ProgramVersion[]): readonly Station[] {
  const hwcaps = hwcapsOfSubject(subject);
  const stations = new Map<string, Extract<Station, { place: 'runtime' }> & { readonly versions: string[] }>();
  for (const one of versions) {
    const names = namesOf(process, one, hwcaps);
    const key = JSON.stringify([one.program, names]);
    const known = stations.get(key);
    if (known !== undefined) {
      known.versions.push(one.version);
      continue;
    }
    const fate = names.some(({ holds }) => holds === true) ? 'passed' : names.some(({ holds }) => holds === undefined) ? 'partly' : 'lost';
    stations.set(key, {
      place: 'runtime',
      fate,
      source: `recorded-runtimes#${one.program}`,
      program: PROGRAMS[one.program].title,
      versions: [one.version],
      names,
    });
  }
  return [...stations.values()];
}

/** An answer with what programs make of the bit. */
export function withRuntimes(answer: Why, programs: readonly ProgramVersion[]): Why {
  if (programs.length === 0) return answer;
  return { ...answer, chain: [...answer.chain, ...runtimeStations(answer.subject, processOf(answer.system), programs)] };
}
