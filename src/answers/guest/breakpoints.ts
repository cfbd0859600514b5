import { findField } from '../../arch/register.ts';
import { readField } from '../../bits/field.ts';
import type { KnownMachine } from '../../silicon/known-machine.ts';
import type { RegisterFile } from '../../silicon/machine.ts';
import type { Capture } from '../capture.ts';
import { type Finding, findMessage, findRemark } from './finding.ts';
import type { Evidence } from './listings.ts';

const BREAKPOINTS = 'ID_AA64DFR0_EL1.BRPs';
const WATCHPOINTS = 'ID_AA64DFR0_EL1.WRPs';

/** A field of the registers, plus one: both fields hold the number less one. */
function countIn(registers: RegisterFile | undefined, path: string): number | undefined {
  const found = findField(path);
  const value = registers?.ID_AA64DFR0_EL1;
  return found === undefined || value === undefined ? undefined : Number(readField(value, found.field, found.field.sign)) + 1;
}

/** What is known beside the log: the registers themselves, or those of known machines of the kind. */
interface Compared {
  readonly who: string;
  readonly registers: RegisterFile | undefined;
  readonly evidence: readonly Evidence[];
}

function compared({ machine, sources }: Capture, known: readonly KnownMachine[]): readonly Compared[] {
  const registers = machine?.cpus[0]?.registers;
  if (registers?.ID_AA64DFR0_EL1 !== undefined) {
    const evidence = [{ file: sources?.machine ?? '', text: 'ID_AA64DFR0_EL1' }];
    return [{ who: 'the registers', registers, evidence }];
  }
  const read = known.filter(({ kind }) => kind !== 'reconstructed');
  return read.map(({ name, machine }) => ({ who: `the known machine ${name}`, registers: machine.cpus[0]?.registers, evidence: [] }));
}

function checkText(breakpoints: number, others: readonly Compared[]): string {
  const counted = others.flatMap(({ who, registers }) => {
    const count = countIn(registers, BREAKPOINTS);
    return count === undefined ? [] : [{ who, count }];
  });
  const [first] = counted;
  if (first === undefined) return '';
  const agreeing = counted.filter(({ count }) => count === breakpoints);
  if (agreeing.length > 0) return ` That agrees with ${agreeing[0]!.who}.`;
  return ` But it is ${first.count} in ${first.who}.`;
}

/** The debug registers that the kernel counted, held against ID_AA64DFR0_EL1. */
export function breakpointFindings(capture: Capture, known: readonly KnownMachine[]): readonly Finding[] {
  const logged = findMessage(capture, /^hw-breakpoint: found (\d{1,2}) breakpoint and (\d{1,2})?/);
  const remark = findRemark(capture, 'breakpoints');
  const said = logged ?? (remark?.count === undefined ? undefined : { line: remark, groups: [String(remark.count), ''] });
  const others = compared(capture, known);
  const topic = 'cpu';
  if (said === undefined) {
    const count = countIn(capture.machine?.cpus[0]?.registers, BREAKPOINTS);
    if (count === undefined) return [];
    const says = `Has ${count} hardware breakpoints, by ${BREAKPOINTS}.`;
    return [{ topic, id: 'breakpoints', value: count, says, basis: 'inferred', evidence: others[0]!.evidence }];
  }
  const breakpoints = Number(said.groups[0]);
  const watchpoints = said.groups[1] === '' ? undefined : Number(said.groups[1]);
  const more = watchpoints === undefined ? '' : ` and ${watchpoints} watchpoints`;
  const fields = [`BRPs is ${breakpoints - 1}`, ...(watchpoints === undefined ? [] : [`WRPs ${watchpoints - 1}`])].join(', ');
  return [
    {
      topic,
      id: 'breakpoints',
      value: breakpoints,
      says: `Has ${breakpoints} hardware breakpoints${more}.`,
      basis: logged === undefined ? 'said' : 'read',
      note: `So ${BREAKPOINTS.split('.')[0]}.${fields}: each field holds the number less one.${checkText(breakpoints, others)}`,
      evidence: [said.line.at, ...(capture.machine?.cpus[0]?.registers.ID_AA64DFR0_EL1 === undefined ? [] : others[0]!.evidence)],
    },
    ...watchpointConflict(capture, watchpoints, said.line.at),
  ];
}

function watchpointConflict(capture: Capture, watchpoints: number | undefined, at: Evidence): readonly Finding[] {
  const count = countIn(capture.machine?.cpus[0]?.registers, WATCHPOINTS);
  if (watchpoints === undefined || count === undefined || count === watchpoints) return [];
  const says = `The log counts ${watchpoints} watchpoints, ${WATCHPOINTS} says ${count}.`;
  return [{ topic: 'cpu', id: 'watchpoints-differ', value: count, says, basis: 'read', evidence: [at] }];
}
