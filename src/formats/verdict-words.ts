import { isKnownInPart } from '../answers/machine-word.ts';
import type { Why, WhySubject } from '../answers/why.ts';
import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { valueName } from '../arch/field-values.ts';
import { capitalised } from '../capitalised.ts';
import type { Outcome } from '../linux/bring-up/evaluate.ts';
import type { System } from '../linux/system.ts';
import { findCoreRow } from '../silicon/core-row.ts';
import { parseMidr } from '../silicon/midr.ts';
import { formatNeed } from './condition.ts';
import { formatCpus, ofCore } from './cpu-list.ts';
import { although, whySo } from './outcome-words.ts';

/** How a subject is called: the name, for a field with what is asked of it. */
export function subjectName(subject: WhySubject): string {
  if (subject.kind !== 'field') return subject.name;
  const name = valueName(subject.name, subject.atLeast);
  return `${subject.name} ≥ ${subject.atLeast}${name === undefined ? '' : ` (${name})`}`;
}

/** The cores of some CPUs by name, each once; `undefined` if none is known. */
function coresOf(cpus: readonly number[], system: System): string | undefined {
  const midrs = cpus.flatMap((index) => system.cpus[index]?.registers.MIDR_EL1 ?? []);
  const names = new Set(midrs.flatMap((midr) => findCoreRow(parseMidr(midr))?.name ?? []));
  return names.size === 0 ? undefined : [...names].join(', ');
}

/** Why a rule of the kernel holds, if it asks for more than fields. */
function ruleReasons(outcome: Outcome): readonly string[] {
  if (!('rule' in outcome.condition) || !outcome.held) return [];
  const reasons = whySo(outcome);
  return reasons.some((reason) => !/^[A-Z0-9_]+_EL[0-3]\./.test(reason)) ? reasons : [];
}

function presentCause({ subject, chain, system }: Why): string {
  const count = system.cpus.length;
  const silicon = chain.find((station) => station.place === 'silicon' && station.fate === 'passed');
  const has =
    silicon?.place === 'silicon'
      ? `${formatCpus([...system.cpus.keys()], count)} ${count === 1 ? 'has' : 'have'} ${formatNeed(silicon.needs, silicon.wanted)}`
      : '';
  const matched = chain.find((station) => station.place === 'condition');
  // Of a function with facts of its own these are the reason, not the fields that it looks at besides.
  const reasons = subject.kind === 'cpucap' && matched?.place === 'condition' ? ruleReasons(matched.outcome) : [];
  if (reasons.length > 0 && matched?.place === 'condition') {
    const [against] = although(matched.outcome);
    return `${reasons.join(', and ')}${against === undefined ? '' : `, although ${against}`}`;
  }
  if (
    subject.kind === 'cpucap' &&
    silicon === undefined &&
    matched?.place === 'condition' &&
    matched.cpus !== undefined &&
    matched.cpus.length > 0
  ) {
    return `it applies to ${formatCpus(matched.cpus, count)}${ofCore(coresOf(matched.cpus, system))}`;
  }
  const hidden = subject.kind === 'field' && chain.some((station) => station.place === 'visibility' && !station.visible);
  const unseen = hidden ? ', but programs that read the register do not see it' : '';
  if (subject.kind !== 'arch-feature') {
    return has === '' ? `Linux ${system.release} sets it${unseen}` : `${has}, and Linux ${system.release} keeps it${unseen}`;
  }
  const views = chain.find((station) => station.place === 'views');
  const unset = views?.place === 'views' ? views.hwcaps.filter(({ set }) => set === false).map(({ name }) => name) : [];
  const set = views?.place === 'views' ? views.hwcaps.filter((hwcap) => hwcap.set).map(({ name }) => name) : [];
  const seen =
    set.length > 0
      ? `, and ${set.length === 1 ? `hwcap ${set[0]} tells` : `hwcaps ${set.join(', ')} tell`} programs`
      : unset.length > 0
        ? `, but programs are not told: hwcap ${unset[0]} is not set (armlens why ${unset[0]})`
        : '';
  return `${has === '' ? (isKnownInPart(system) ? 'it follows from what is given' : 'the registers show it') : has}${seen}`;
}

/** Whether the answer is what a text says by name, since registers that would tell are not given. */
function isByName({ subject, chain, system }: Why): boolean {
  if (subject.kind !== 'arch-feature' || system.archFeatures?.has(subject.name as ArchFeatureName) !== true) return false;
  return !chain.some(({ place, fate }) => place === 'silicon' && fate === 'passed');
}

/** What is said of that which is not there, or of which that is not known. */
export interface AbsenceWords {
  readonly absentCause: (why: Why) => string;
  readonly unknownCause: (why: Why) => string;
}

/**
 * Writes the answer in a sentence or two.
 *
 * @param absence - What {@link formatVerdict} takes from absence-words.ts; whoever shows a bit that is there does without.
 */
export function verdictWith(why: Why, absence: () => AbsenceWords): string {
  const name = subjectName(why.subject);
  if (why.unknown) return `${name}: not known. ${absence().unknownCause(why)}.`;
  const doubtful = why.chain.some((station) => station.place === 'release' && station.doubts.length > 0);
  const doubt = doubtful ? ` Not certain: Linux ${why.release} lies between releases that are known.` : '';
  if (isByName(why)) {
    const says = why.present ? 'it is there' : 'it is not there; the silicon may have what a system does not offer';
    return `${name}: ${why.present ? 'present' : 'absent'}. By what the text says ${says}.${doubt}`;
  }
  if (why.present) return `${name}: present. ${capitalised(presentCause(why))}.${doubt}`;
  return `${name}: absent. ${capitalised(absence().absentCause(why))}.${doubt}`;
}
