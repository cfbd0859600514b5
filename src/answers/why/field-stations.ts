import { fieldBits } from '../../arch/field-bits.ts';
import type { FieldPath } from '../../arch/register.ts';
import { given } from '../../given.ts';
import type { GuestEffect } from '../../hypervisor/guest-layer.ts';
import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import { splitOverrideWords } from '../../linux/cmdline/words.ts';
import { errataHiding, fieldRows } from '../../linux/release/history.ts';
import type { TrackedField } from '../../linux/release/kernel-at.ts';
import type { SanitisedFieldState } from '../../linux/release/rows.ts';
import { stateAt } from '../../linux/release/timeline.ts';
import type { Truth } from '../../logic/truth.ts';
import type { Cpu, SystemRegisterName } from '../../silicon/machine.ts';
import { valuesLeft } from '../machine-word.ts';
import { coreOf, type FieldNeed, groupsOf, hintsOf, isEnough } from './cpu-groups.ts';
import { cpucapOptions } from './needs.ts';
import { overrideWords, type Target } from './override-words.ts';
import type { ErratumEffect, Fate, MergeStep, Station, WordEffect } from './station.ts';
import { fieldOn, type Merge, readAs, type Trace } from './trace.ts';

const CPUFEATURE = 'linux:arch/arm64/kernel/cpufeature.c';

function fateOf(need: FieldNeed, before: boolean, after: boolean): Fate {
  if (before && !after) return need.atFault ? 'lost' : 'noted';
  return after ? 'passed' : 'noted';
}

function base({ condition, wanted }: FieldNeed) {
  return { field: condition.field, needs: condition, wanted };
}

/** The values that the input leaves to a field of the machine that was booted; `undefined`: any, or another machine's. */
function leftTo({ condition }: FieldNeed, { system, guest }: Trace): readonly number[] | undefined {
  const bits = fieldBits(condition.field as FieldPath);
  return guest.effects.some(({ register }) => register === bits.register) ? undefined : valuesLeft(system, bits);
}

function silicon(need: FieldNeed, trace: Trace, signed: boolean): Station {
  const groups = groupsOf(need, trace.scenario.machine, signed, leftTo(need, trace));
  const some = groups.some(({ enough }) => enough);
  const all = groups.every(({ enough }) => enough);
  // Only where the kernel's copy hung on what is not known, and texts settled it, does it tell of the silicon.
  const isTold = wasOpen(need, trace) && !isOpen(need, trace);
  const isUnknown = !isTold && groups.every(({ enough, open }) => enough || open === true);
  const fate: Fate = all ? 'passed' : isUnknown ? 'noted' : some ? 'partly' : need.atFault ? 'lost' : 'noted';
  return {
    place: 'silicon',
    ...base(need),
    fate,
    groups,
    hints: hintsOf(need, groups),
    ...given({ alternative: need.alternative }),
    source: `ddi0601#${fieldPlace(need.condition.field).register}`,
  };
}

function hypervisor(need: FieldNeed, trace: Trace, signed: boolean): readonly Station[] {
  const { register, shift, mask } = fieldPlace(need.condition.field);
  const isKnown = (open = 0n): boolean => ((open >> shift) & mask) === 0n;
  const read = (value: bigint): number => readAs(need.condition, value, signed);
  const before = ({ before: whole, beforeInPart: part }: GuestEffect): number | undefined =>
    whole !== undefined ? read(whole) : part !== undefined && isKnown(part.open) ? read(part.value) : undefined;
  const effects = trace.guest.effects
    .filter((effect) => effect.register === register && isKnown(effect.open) && before(effect) !== read(effect.after))
    .map((effect) => ({
      layer: effect.layer,
      ...given({ brings: effect.brings }),
      cpus: effect.cpus,
      ...given({ from: before(effect) }),
      to: read(effect.after),
    }));
  if (effects.length === 0) return [];
  const lost = effects.some(({ from, to }) => (from === undefined || isEnough(need, from)) && !isEnough(need, to));
  return [
    {
      place: 'hypervisor',
      ...base(need),
      fate: lost ? (need.atFault ? 'lost' : 'noted') : 'passed',
      effects,
      source: 'linux:Documentation/virt/kvm/api.rst#KVM_SET_ONE_REG',
    },
  ];
}

function overlaps(target: Target, register: string, lsb: number, msb: number): boolean {
  return target.register === register && target.lsb <= msb && target.msb >= lsb;
}

/** Whether the kernel holds a value of a field after the boot CPU although that CPU's own is not known: one that it was told to hold. */
function setsUnseen(field: string, cpu: Cpu, first: Merge | undefined): boolean {
  const { register, shift, mask } = fieldPlace(field);
  return fieldOn(cpu, { field }, false) === undefined && (((first?.open.get(register) ?? 0n) >> shift) & mask) === 0n;
}

/** What the words of the command line that concern a field came to. */
function wordEffects(field: string, { scenario, model, system, guest, merges }: Trace): readonly WordEffect[] {
  const { register, lsb, width } = fieldPlace(field);
  const msb = lsb + width - 1;
  const note = system.log.find((line) => line.code === 'override' && overlaps(line, register, lsb, msb));
  const kind = note?.code === 'override' ? note.kind : setsUnseen(field, guest.machine.cpus[0]!, merges[0]) ? 'forced' : undefined;
  return overrideWords(splitOverrideWords(scenario.kernel.cmdline ?? ''), model)
    .filter(({ targets }) => targets.some((target) => overlaps(target, register, lsb, msb)))
    .map(({ word, unread }) => ({ word, outcome: kind === undefined ? 'no-effect' : kind === 'impossible' ? 'ignored' : kind, ...unread }));
}

function override(need: FieldNeed, trace: Trace, signed: boolean): readonly Station[] {
  const words = wordEffects(need.condition.field, trace);
  if (words.length === 0) return [];
  const { register } = fieldPlace(need.condition.field);
  const from = fieldOn(trace.guest.machine.cpus[0]!, need.condition, signed);
  const first = trace.merges[0]?.values.get(register);
  const to = first === undefined ? (from ?? 0) : readAs(need.condition, first, signed);
  const wasRead = words.some(({ outcome }) => outcome === 'forced' || outcome === 'already-set');
  const fate = !wasRead ? 'noted' : fateOf(need, from === undefined || isEnough(need, from), isEnough(need, to));
  return [{ place: 'override', ...base(need), fate, words, ...given({ from }), to, source: 'linux:arch/arm64/kernel/pi/idreg-override.c' }];
}

function trackedField(field: string, trace: Trace): TrackedField | undefined {
  const { register, lsb, width } = fieldPlace(field);
  const msb = lsb + width - 1;
  const tracked = trace.model.registers.find(({ name }) => name === register);
  return tracked?.fields.find((candidate) => candidate.lsb <= lsb && candidate.lsb + candidate.width - 1 >= msb);
}

/** What the kernel holds of a field of which no CPU's value is known, but which a text tells. */
function told(need: FieldNeed, trace: Trace, signed: boolean): Station {
  const { register } = fieldPlace(need.condition.field);
  const value = readAs(need.condition, trace.system.registers.get(register as SystemRegisterName)?.value ?? 0n, signed);
  const fate: Fate = isEnough(need, value) ? 'passed' : 'noted';
  const rule = given({ rule: trackedField(need.condition.field, trace)?.safe });
  const source = `${CPUFEATURE}#ftr_${register.toLowerCase()}`;
  return { place: 'sanitise', ...base(need), fate, ...rule, first: value, steps: [], value, told: true, source };
}

/** Whether what the CPUs gave of a field is not known. */
function wasOpen({ condition }: FieldNeed, { merges }: Trace): boolean {
  const { register, shift, mask } = fieldPlace(condition.field);
  return merges.some(({ open }) => (((open.get(register) ?? 0n) >> shift) & mask) !== 0n);
}

function sanitise(need: FieldNeed, trace: Trace, signed: boolean): Station {
  if (wasOpen(need, trace)) return told(need, trace, signed);
  const { register } = fieldPlace(need.condition.field);
  const read = (value: bigint | undefined): number => readAs(need.condition, value ?? 0n, signed);
  const tracked = trackedField(need.condition.field, trace);
  const steps: MergeStep[] = [];
  const first = read(trace.merges[0]?.values.get(register));
  let value = first;
  for (const { cpu, values } of trace.merges.slice(1)) {
    const next = read(values.get(register));
    if (next === value) continue;
    const { core } = coreOf(trace.guest.machine, cpu);
    const own = fieldOn(trace.guest.machine.cpus[cpu]!, need.condition, signed) ?? 0;
    steps.push({ cpu, ...given({ core }), own, from: value, to: next });
    value = next;
  }
  const before = tracked === undefined || steps.length > 0 ? true : isEnough(need, first);
  const cpu0 = isEnough(need, fieldOn(trace.guest.machine.cpus[0]!, need.condition, signed) ?? 0);
  const lostHere = !isEnough(need, value) && (steps.some(({ from }) => isEnough(need, from)) || (tracked === undefined && cpu0));
  const fate: Fate = lostHere ? fateOf(need, before, false) : isEnough(need, value) ? 'passed' : 'noted';
  const rule = given({ rule: tracked?.safe });
  return { place: 'sanitise', ...base(need), fate, ...rule, first, steps, value, source: `${CPUFEATURE}#ftr_${register.toLowerCase()}` };
}

/** Which option decides whether EL0 sees a field. */
function visibleOption(field: string, trace: Trace): string | undefined {
  const { lsb, width } = fieldPlace(field);
  const { model } = trace;
  const row = fieldRows(field).find(({ bits }) => bits[1] === lsb && bits[0] === lsb + width - 1);
  const visible = row === undefined ? undefined : stateAt<SanitisedFieldState>(row, model.release)?.visible;
  return typeof visible === 'string' ? visible : undefined;
}

function visibility(need: FieldNeed, trace: Trace): readonly Station[] {
  const tracked = trackedField(need.condition.field, trace);
  if (tracked === undefined) return [];
  const { model } = trace;
  const option = visibleOption(need.condition.field, trace);
  const counts = need.atFault && model.behaviour['hwcap-needs-visible-field'];
  const fate: Fate = tracked.visible ? 'passed' : counts ? 'lost' : 'noted';
  const gate = option === undefined ? {} : { option, value: model.option(option) };
  return [
    {
      place: 'visibility',
      ...base(need),
      fate,
      visible: tracked.visible,
      ...gate,
      source: `${CPUFEATURE}#ftr_${fieldPlace(need.condition.field).register.toLowerCase()}`,
    },
  ];
}

/** The CPUs that a local capability of this kernel matches. */
export function matchingCpus(name: string, { state, system }: Trace): readonly number[] | undefined {
  if (state === undefined) return [];
  const match = (index: number): Truth => state.ask(() => state.cpuMatches(name, state.cpus[index]!));
  const matches = state.look(() => system.online.map((index) => [index, match(index)] as const));
  const certain = matches.flatMap(([index, truth]) => (truth === true ? [index] : []));
  return certain.length === 0 && matches.some(([, truth]) => truth === undefined) ? undefined : certain;
}

function erratumEffects(field: string, trace: Trace): readonly ErratumEffect[] {
  const { model } = trace;
  const { cpucaps, unknown } = trace.system;
  const isOpen = (name: string): boolean => unknown?.cpucaps?.includes(name) === true;
  const hiding = errataHiding(field).filter(({ name }) => cpucaps.includes(name) || isOpen(name));
  return hiding.map(({ name, description }) => {
    const text = model.capabilities.find((capability) => capability.name === name)?.description ?? description;
    const need = cpucapOptions(name, model.release).find(({ kind }) => kind === 'option');
    const option = need?.kind === 'option' ? { option: need.option, value: model.option(need.option) } : {};
    const cpus = isOpen(name) ? { cpus: [], open: true as const } : { cpus: matchingCpus(name, trace) ?? [] };
    return { name, ...given({ description: text }), ...cpus, ...option };
  });
}

/** The errata that take a field from EL0 on this system. */
export function erratum(need: FieldNeed, trace: Trace): readonly Station[] {
  const errata = erratumEffects(need.condition.field, trace);
  if (errata.length === 0) return [];
  const isKnown = errata.some(({ open }) => open === undefined);
  const counts = trace.model.behaviour['hwcap-needs-visible-field'] && need.atFault && isKnown;
  return [
    {
      place: 'erratum',
      field: need.condition.field,
      fate: counts ? 'lost' : 'noted',
      errata,
      source: 'linux:arch/arm64/kernel/cpu_errata.c#arm64_errata',
    },
  ];
}

/** Whether the system's value of a field is not known. */
function isOpen({ condition }: FieldNeed, { system }: Trace): boolean {
  const { register, shift, mask } = fieldPlace(condition.field);
  return (((system.unknown?.registers?.get(register as SystemRegisterName)?.value ?? 0n) >> shift) & mask) !== 0n;
}

/** The way of one field through the layers, place by place. */
export function fieldStations(
  need: FieldNeed,
  trace: Trace,
): Readonly<Record<'silicon' | 'hypervisor' | 'override' | 'sanitise' | 'visibility' | 'erratum', readonly Station[]>> {
  const signed = trace.model.behaviour['signed-comparison'];
  return {
    silicon: [silicon(need, trace, signed)],
    hypervisor: hypervisor(need, trace, signed),
    override: override(need, trace, signed),
    sanitise: isOpen(need, trace) ? [] : [sanitise(need, trace, signed)],
    visibility: visibility(need, trace),
    erratum: erratum(need, trace),
  };
}
