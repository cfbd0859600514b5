import { describe, expect, it } from 'vitest';
import { parseGdbRegisters } from '../../src/formats/gdb-registers.ts';
import { parseKernelConfig, telledOptions } from '../../src/formats/kernel-config.ts';
import { parseKvmOneRegs } from '../../src/formats/kvm-one-reg.ts';
import { macosSysctlReader, parseMacosSysctl } from '../../src/formats/macos-sysctl.ts';
import { parseQmp } from '../../src/formats/qmp.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { findCore } from '../../src/silicon/core.ts';

const MIDR = { cpus: [{ registers: { MIDR_EL1: 0x410f_d083n } }] };

describe('debuggers', () => {
  it.each([
    ['gdb', 'MIDR_EL1       0x410fd083          1091555459\n'],
    ["gdb, with QEMU's names in lower case", '(gdb) info registers\nmidr_el1  0x410fd083  1091555459\n'],
    ['LLDB', 'System Registers:\n  MIDR_EL1 = 0x00000000410fd083\n'],
    ['OpenOCD', '===== aarch64 registers\n(12) MIDR_EL1 (/64): 0x00000000410fd083\n'.split('\n').slice(1).join('\n')],
  ])('%s', (_, text) => {
    expect(parseGdbRegisters(text)).toMatchObject({ value: MIDR, diagnostics: [], lines: { unread: 0 } });
  });

  it('a structure may run over several lines', () => {
    const text = 'v0 {\n  d = {0x0, 0x0},\n  q = {0x0}\n}\nMIDR_EL1 0x410fd083 1091555459\n';
    expect(parseGdbRegisters(text)).toMatchObject({ value: MIDR, diagnostics: [] });
  });
});

describe('lists of KVM ids', () => {
  // KVM_REG_ARM64 | KVM_REG_SIZE_U64 | ARM64_SYS_REG(3, 0, 0, 0, 0), Linux arch/arm64/include/uapi/asm/kvm.h.
  it.each([
    ['0x603000000013c000 = 0x410fd083'],
    ['KVM_GET_ONE_REG 603 id=0x603000000013C000 value=1091555459'],
    ['\t{ ARM64_SYS_REG(3, 0, 0, 0, 0), 0x410fd083 },'],
    ['{"id": "0x603000000013c000", "value": "0x410fd083"}'],
    ['{"sys": {"0x603000000013c000": 1091555459}}'],
  ])('%j', (text) => {
    expect(parseKvmOneRegs(text)).toMatchObject({ value: MIDR, diagnostics: [] });
  });

  it('core registers say nothing of the CPU', () => {
    expect(parseKvmOneRegs('0x6030000000100040 = 0x80000\n')).toMatchObject({ value: { cpus: [] }, lines: { passed: 1, unread: 0 } });
  });
});

describe('.config', () => {
  it('a whole file sets what it leaves out to n', () => {
    const many = Array.from({ length: 600 }, (_, i) => `CONFIG_OPTION_${i}=y\n`).join('');
    const { value } = parseKernelConfig(`# Linux/arm64 6.1.0 Kernel Configuration\n${many}CONFIG_ARM64_SVE=y\n`);
    expect(telledOptions(value)).toMatchObject({ CONFIG_ARM64_SVE: 'y', CONFIG_ARM64_MTE: 'n' });
  });

  it('takes what grep printed', () => {
    expect(parseKernelConfig('/boot/config-6.1:CONFIG_ARM64_SVE=y\n').value.options).toEqual({ CONFIG_ARM64_SVE: 'y' });
  });

  it('of another architecture is told', () => {
    expect(parseKernelConfig('# Linux/x86 6.1.0 Kernel Configuration\n').diagnostics).toMatchObject([{ code: 'not-arm' }]);
  });

  it('says where a value is none', () => {
    expect(parseKernelConfig('CONFIG_A=y\nCONFIG_B=maybe\n').diagnostics).toMatchObject([{ where: 'line 2, column 10' }]);
  });
});

describe('macOS', () => {
  it('values of other parts may run over several lines', () => {
    const { value, lines } = parseMacosSysctl('kern.version: Darwin\nKernel Version\nhw.optional.arm.FEAT_LSE: 1\n');
    expect(value.present).toEqual(['FEAT_LSE']);
    expect(lines).toEqual({ read: 1, passed: 2, unread: 0 });
  });

  it('a part of SME that is 0 is a feature that is not there, where the architecture names it', () => {
    expect(parseMacosSysctl('hw.optional.arm.SME_I16I64: 0\nhw.optional.arm.SME_F32F32: 0\n').value.absent).toEqual(['FEAT_SME_I16I64']);
  });

  it.each([
    ['hw.cpufamily: 1867590060', ['Donan E-core', 'Donan P-core']], // 0x6f5129ac, M4
    ['hw.cpufamily: 458787763', undefined], // 0x1b588bb3, A14 and those of M1
    ['hw.cpufamily: -634136515', undefined], // 0xda33d83d, A15 and those of M2
    ['hw.cpufamily: 458787763\nmachdep.cpu.brand_string: Apple M1', ['Icestorm-M1', 'Firestorm-M1']],
  ])('the number of a family tells the chip that alone has it: %s', (text, names) => {
    const { value, diagnostics } = macosSysctlReader.read(text);
    expect(value.implementer).toBe(0x61);
    expect(value.cores?.map((core) => findCore(core)?.name)).toEqual(names);
    expect(diagnostics.map(({ code }) => code)).toEqual(names === undefined ? ['one-of-chips'] : []);
  });

  it('older names mean the same', () => {
    expect(parseMacosSysctl('hw.optional.armv8_1_atomics: 1\nhw.optional.armv8_2_sha3: 0\n').value).toMatchObject({
      present: ['FEAT_LSE'],
      absent: ['FEAT_SHA3'],
    });
  });
});

describe('QMP', () => {
  it('says what QEMU complained of', () => {
    expect(parseQmp('{"error": {"class": "GenericError", "desc": "no such CPU"}}').diagnostics).toMatchObject([{ code: 'qmp-error' }]);
  });

  it('braces in texts are no structure', () => {
    const text = '{"return": {"model": {"name": "a}{\\"", "props": {"sve": true}}}}';
    expect(parseQmp(text).value).toMatchObject({ model: 'a}{"', present: ['FEAT_SVE'] });
  });

  it('CPUs of another architecture are told apart', () => {
    expect(parseQmp('{"return": [{"cpu-index": 0, "target": "x86_64"}]}').diagnostics).toMatchObject([{ code: 'not-arm' }]);
  });
});

it('numbers that JSON does not hold exactly are refused, not rounded', async () => {
  const { value, diagnostics } = await readAny('{"ID_AA64PFR0_EL1": 1224979098931106066, "MIDR_EL1": 1091555459}');
  expect(value.machine).toEqual({ ...MIDR, unlisted: 'unknown' });
  expect(diagnostics).toMatchObject([{ code: 'bad-value', severity: 'error' }]);
});

it('a CPU template is no fingerprint: bits that it leaves open are no value', async () => {
  const text = '{"reg_modifiers": [{"addr": "0x603000000013c020", "bitmap": "0b1xxx"}]}';
  const { value, diagnostics } = await readAny(text);
  expect(value.machine).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(['open-bits', 'no-registers']);
});
