import { given } from '../given.ts';
import type { SystemRegisterName } from '../silicon/machine.ts';
import { midrByName } from './core-midr.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Capture, Reader } from './reader.ts';

/** `hw.model: ARM Cortex-A72 r0p3`, `hw.model=…`, `hw.model = …`. */
const LINE = /^([a-z][\w-]{0,40}(?:\.[\w%-]{1,60}){1,8})(?: ?= ?|: ?)(.{0,1000})$/;

/** How FreeBSD and OpenBSD name a core: who made it, which, and its revision. */
const CORE = /^(?:(\S{1,40}) )?(\S(?:.{0,58}?\S)?) (r\d{1,2}p\d{1,2})\b/;

/** NetBSD's name of a CPU; `hw.model` is the board's there. */
const CPU_ID = /^machdep\.cpu\d{1,4}\.cpu_id$/;

/** Registers that OpenBSD gives to programs, in decimal or with `0x`. */
const REGISTER = /^machdep\.(id_aa64(?:isar|pfr|mmfr|smfr|zfr)\d)$/;

/** Who makes no line of macOS: the machine's name, as the three systems print it. */
const ARM_MACHINES: ReadonlySet<string> = new Set(['arm64', 'aarch64', 'evbarm', 'arm64eb', 'evbarm64']);

interface Told {
  midr?: bigint | undefined;
  title?: string;
  /** What the system calls itself, and its release. */
  system?: string;
  cpuCount?: number;
  readonly registers: { [name in SystemRegisterName]?: bigint };
}

/** Takes a value; `false` if the line says nothing that is needed. */
function take(told: Told, name: string, value: string): boolean {
  const register = REGISTER.exec(name)?.[1];
  if (register !== undefined && /^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(value)) {
    told.registers[`${register.toUpperCase()}_EL1` as SystemRegisterName] = BigInt.asUintN(64, BigInt(value));
    return true;
  }
  if (name === 'hw.model' || CPU_ID.test(name)) {
    const core = CORE.exec(value);
    if (name === 'hw.model') told.title ??= value;
    if (core !== null) told.midr ??= midrByName(core[1] ?? 'ARM', core[2]!, core[3]);
    return true;
  }
  if (name === 'kern.ostype' || name === 'kern.osrelease') {
    told.system = `${told.system ?? ''} ${value}`.trim();
    return true;
  }
  if (/^(?:hw\.(?:ncpu|ncpuonline)|kern\.smp\.cpus)$/.test(name) && /^\d{1,4}$/.test(value)) {
    told.cpuCount ??= Number(value);
    return true;
  }
  return false;
}

/** What `sysctl` prints on FreeBSD, OpenBSD and NetBSD. */
export const bsdSysctlReader: Reader = {
  name: 'bsd-sysctl',
  title: "a BSD's sysctl",
  recognise(head) {
    if (/^hw\.optional\.|^machdep\.cpu\.brand_string/m.test(head)) return 0;
    const machine = /^hw\.machine(?: ?= ?|: )(\S+)/m.exec(head)?.[1];
    if (/^machdep\.id_aa64\w+ ?=/m.test(head) || (machine !== undefined && ARM_MACHINES.has(machine))) return 0.96;
    return /^hw\.model(?: ?= ?|: ).* r\d{1,2}p\d{1,2}\b/m.test(head) ? 0.96 : 0;
  },
  read(text) {
    const account = new LineAccount();
    const told: Told = { registers: {} };
    for (const line of textLines(text)) {
      const match = LINE.exec(line.text.trim());
      if (match !== null && take(told, match[1]!, match[2]!.trim())) account.read();
      else if (line.text.trim() !== '') account.passed();
    }
    const { midr, title = told.system, cpuCount, registers } = told;
    const hasRegisters = Object.keys(registers).length > 0;
    const value: Capture = {
      ...given({ title, cpuCount }),
      ...(midr === undefined ? {} : { midrs: [midr] }),
      // What a program may know, as at EL0: OpenBSD leaves fields out.
      ...(hasRegisters
        ? { machine: { cpus: [{ registers: { ...registers, ...given({ MIDR_EL1: midr }) } }], unlisted: 'unknown' }, registersAs: 'el0' }
        : {}),
    };
    return { value, diagnostics: account.diagnostics, lines: account.lines };
  },
};
