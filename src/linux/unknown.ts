import type { PartialWord } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import type { Truth } from '../logic/truth.ts';
import type { SystemRegisterName } from '../silicon/machine.ts';
import type { BootState } from './bring-up/boot-state.ts';
import type { CpuRegisters } from './bring-up/cpu-registers.ts';
import type { DerivedHwcaps } from './bring-up/hwcaps.ts';
import { openUserBits } from './bring-up/sanitise.ts';
import type { OpenRegister, Unknown } from './system.ts';

/** What {@link unknownOf} reads of a boot that is over. */
interface Ended {
  readonly state: BootState;
  readonly came: readonly { readonly cpu: CpuRegisters; readonly admitted: Truth }[];
  readonly mayPanic: boolean;
  readonly hwcaps: DerivedHwcaps;
  readonly compat: DerivedHwcaps;
}

function openRegisters({ registers }: BootState): ReadonlyMap<SystemRegisterName, OpenRegister> {
  const open = new Map<SystemRegisterName, OpenRegister>();
  for (const register of registers.values()) {
    const user = openUserBits(register);
    if (register.open !== 0n || user !== 0n) {
      open.set(register.tracked.name as SystemRegisterName, { value: register.open, user, ...given({ sets: register.sets }) });
    }
  }
  return open;
}

/** The registers that hardware itself gives to EL0. */
const HARDWARE = ['MIDR_EL1', 'CTR_EL0', 'DCZID_EL0', 'CNTFRQ_EL0'] as const;

/** A list, or nothing where it is empty. */
function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** What is known of the registers that hardware gives to EL0, of those that are not given whole; zero where nobody lists them. */
function hardwareWords(cpu: CpuRegisters): readonly (readonly [string, PartialWord])[] {
  if (!cpu.isPartial) return [];
  return HARDWARE.filter((name) => cpu.cpu.registers[name] === undefined)
    .map((name) => [name, cpu.word(name)] as const)
    .filter(([name, { open }]) => open !== 0n || cpu.cpu.partly?.[name as SystemRegisterName] !== undefined);
}

/** What is open after a boot; `undefined` if nothing is. */
export function unknownOf(
  { state, came, mayPanic, hwcaps, compat }: Ended,
  traps: ReadonlyMap<CpuRegisters, Truth>,
  trappedCtr: bigint,
): Unknown | undefined {
  const registers = openRegisters(state);
  const words = new Map<number, ReadonlyMap<string, PartialWord>>();
  for (const cpu of state.cpus) {
    const known = hardwareWords(cpu);
    if (known.length > 0) words.set(cpu.index, new Map(known));
  }
  const unknown: Unknown = given({
    hwcaps: some(hwcaps.open),
    compat: some(compat.open),
    cpucaps: some(state.model.capabilityNames.filter((name) => state.capabilities.verdict(name) === undefined)),
    online: some(came.filter(({ admitted }) => admitted === undefined).map(({ cpu }) => cpu.index)),
    panic: mayPanic || undefined,
    tainted: state.tainted === undefined || (state.isUncounted && !state.tainted) ? true : undefined,
    registers: registers.size === 0 ? undefined : registers,
    trapsCtr: some([...traps].filter(([, verdict]) => verdict === undefined).map(([{ index }]) => index)),
    trappedCtr: trappedCtr === 0n ? undefined : trappedCtr,
    hardware: words.size === 0 ? undefined : words,
    log: some(state.journal.entries.filter(({ open }) => open).map(({ event }) => event)),
  });
  return Object.keys(unknown).length === 0 ? undefined : unknown;
}
