import type { BootedCpu, SanitisedRegister, System } from '../../src/linux/system.ts';
import type { RegisterFile, SystemRegisterName } from '../../src/silicon/machine.ts';

/** A sanitised register of which EL0 sees everything. */
export function visible(name: SystemRegisterName, value: bigint): SanitisedRegister {
  return { name, value, userMask: 0xffff_ffff_ffff_ffffn, userValue: 0n };
}

/** A CPU that is online. */
export function bootedCpu(index: number, registers: RegisterFile, more: Partial<BootedCpu> = {}): BootedCpu {
  return { index, online: true, trapsCtr: false, registers, ...more };
}

/** A system put together by hand, so that views are tested without the engine. */
export function handmadeSystem(parts: Partial<System> & { readonly tracked?: readonly SanitisedRegister[] } = {}): System {
  const { tracked = [], ...rest } = parts;
  return {
    kernel: { release: '6.12' },
    environment: {},
    release: '6.12',
    hwcaps: { words: [0x3n, 0x0n], names: ['fp', 'asimd'] },
    compat: { words: [0x16_8096n, 0x10n], names: ['half', 'thumb', 'crc32'] },
    cpus: [bootedCpu(0, { MIDR_EL1: 0x410f_d083n })],
    online: [0],
    registers: new Map(tracked.map((register) => [register.name, register])),
    mrsEmulatedFrom: 2,
    trappedCtr: 0n,
    cpucaps: [],
    log: [],
    tainted: false,
    panic: null,
    fidelity: 'exact',
    doubts: [],
    loopsPerJiffy: 96_000,
    hz: 250,
    diagnostics: [],
    ...rest,
  };
}
