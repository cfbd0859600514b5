import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_ARCH_FEATURES } from '../../src/arch/arch-feature.ts';
import { findField } from '../../src/arch/register.ts';
import { archFeatureListReader, formatArchFeatureList } from '../../src/formats/arch-feature-list.ts';
import { armCpuInfoReader, formatArmCpuInfo } from '../../src/formats/arm-cpu-info.ts';
import { formatFreebsdBoot, freebsdBootReader } from '../../src/formats/freebsd-boot.ts';
import { FREEBSD_REGISTERS } from '../../src/formats/freebsd-register.ts';
import { formatLibcpuid, libcpuidReader } from '../../src/formats/libcpuid.ts';
import { formatLscpu, formatLscpuJson, parseLscpu, parseLscpuJson } from '../../src/formats/lscpu.ts';
import { formatRegisterDump, parseRegisterDump } from '../../src/formats/register-dump.ts';
import { REGISTER_NAMES } from '../../src/formats/register-name.ts';

const word = () => fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const registers = (names: readonly string[] = REGISTER_NAMES) =>
  fc.dictionary(fc.constantFrom(...names), word(), { minKeys: 1, maxKeys: 8, noNullPrototype: true });
const cpus = (names?: readonly string[]) => fc.array(registers(names), { minLength: 1, maxLength: 4 });

it('a register dump: parse reads what format wrote', () => {
  fc.assert(
    fc.property(cpus(), (given) => {
      const machine = { cpus: given.map((one) => ({ registers: one })) };
      expect(parseRegisterDump(formatRegisterDump(machine))).toEqual({ value: { machine }, diagnostics: [] });
    }),
  );
});

it('libcpuid: parse reads what format wrote', () => {
  const names = REGISTER_NAMES.filter((name) => !name.endsWith('_EL0') && !name.endsWith('_EL2'));
  fc.assert(
    fc.property(cpus(names), (given) => {
      const machine = { cpus: given.map((one) => ({ registers: one })) };
      expect(libcpuidReader.read(formatLibcpuid(machine))).toMatchObject({ value: { machine }, diagnostics: [], lines: { unread: 0 } });
    }),
  );
});

it('FreeBSD: each field of the table is one of Arm, and no text of a register stands for two values', () => {
  for (const { register, fields } of FREEBSD_REGISTERS) {
    const texts = fields.flatMap(({ values }) => Object.values(values)).filter((text) => text !== '');
    expect(new Set(texts).size).toBe(texts.length);
    for (const { name } of fields) expect([name, findField(`${register}.${name}`)?.field.name]).toEqual([name, name]);
  }
});

it('FreeBSD: parse reads what format wrote, whatever the value', () => {
  const names = FREEBSD_REGISTERS.map(({ register }) => register);
  fc.assert(
    fc.property(cpus(names), (given) => {
      // FreeBSD prints what differs from the CPU before, so that each has at least what that one has.
      const whole = given.map((_, i) => Object.assign({}, ...given.slice(0, i + 1), { MIDR_EL1: 0x410f_d083n }));
      const { value, diagnostics } = freebsdBootReader.read(formatFreebsdBoot(whole, () => 'ARM Cortex-A72'));
      expect({ cpus: value.machine?.cpus.map((cpu) => cpu.registers), diagnostics }).toEqual({ cpus: whole, diagnostics: [] });
    }),
  );
});

it('ArmCpuInfo: parse reads what format wrote', () => {
  const fields = ['ID_AA64ISAR0_EL1.AES', 'ID_AA64PFR0_EL1.FP', 'ID_AA64PFR0_EL1.EL0', 'ID_AA64MMFR2_EL1.AT'] as const;
  const values = fc.array(fc.bigInt({ min: 0n, max: 15n }), { minLength: fields.length, maxLength: fields.length });
  fc.assert(
    fc.property(values, (given) => {
      const file: Record<string, bigint> = {};
      for (const [i, path] of fields.entries()) {
        const { register, field } = findField(path)!;
        file[register.name] = (file[register.name] ?? 0n) | ((given[i] ?? 0n) << BigInt(field.lsb));
      }
      expect(armCpuInfoReader.read(formatArmCpuInfo(file))).toMatchObject({
        value: { machine: { cpus: [{ registers: file }] } },
        diagnostics: [],
      });
    }),
  );
});

it('a list of architecture features: parse reads what format wrote', () => {
  const names = ALL_ARCH_FEATURES.map(({ name }) => name as string).filter((name) => name.startsWith('FEAT_') && name.length < 34);
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 20 }), fc.nat(20), (chosen, held) => {
      const given = { present: chosen.slice(0, held).sort(), absent: chosen.slice(held).sort() };
      const { value, diagnostics } = archFeatureListReader.read(formatArchFeatureList(given));
      expect(diagnostics).toEqual([]);
      expect({ present: value.archFeatures?.present.toSorted(), absent: value.archFeatures?.absent.toSorted() }).toEqual(given);
    }),
  );
});

it('lscpu: parse reads what format wrote, as text and as JSON', () => {
  const field = fc.constantFrom('Architecture', 'CPU(s)', 'Model name', 'Vendor ID', 'Flags', 'L1d cache', 'NUMA node0 CPU(s)');
  const data = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9 ,]{0,30}[a-z0-9])?$/);
  fc.assert(
    fc.property(fc.array(fc.record({ field, data }), { minLength: 1, maxLength: 12 }), (rows) => {
      expect(parseLscpu(formatLscpu(rows))).toEqual({ value: rows, diagnostics: [] });
      expect(parseLscpuJson(formatLscpuJson(rows))).toEqual({ value: rows, diagnostics: [] });
    }),
  );
});

it('lscpu: rows whose labels are English are not taken for those of another language, whatever stands in them', () => {
  const rows = [
    { field: 'L1d cache', data: 'ARM' },
    { field: 'Model name', data: '1' },
    { field: 'NUMA node0 CPU(s)', data: '0' },
  ];
  expect(parseLscpu(formatLscpu(rows)).value).toEqual(rows);
});
