import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCsv, parseCsv } from '../../src/formats/csv.ts';
import { formatKernelConfig, parseKernelConfig } from '../../src/formats/kernel-config.ts';
import { formatKvmOneRegs, parseKvmOneRegs } from '../../src/formats/kvm-one-reg.ts';
import { kvmIdOf, resolveKvmId } from '../../src/formats/kvm-register-id.ts';
import { parseJson } from '../../src/formats/parse-json.ts';
import { formatRegisterCsv, parseRegisterCsv } from '../../src/formats/register-csv.ts';
import { REGISTER_NAMES } from '../../src/formats/register-name.ts';
import { formatWindowsRegistry, parseWindowsRegistry } from '../../src/formats/windows-registry.ts';
import type { Machine } from '../../src/silicon/machine.ts';

const word = () => fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

/** Machines whose every CPU has some register. */
const machine = (): fc.Arbitrary<Machine> =>
  fc
    .array(fc.dictionary(fc.constantFrom(...REGISTER_NAMES), word(), { minKeys: 1, maxKeys: 8, noNullPrototype: true }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((cpus) => ({ cpus: cpus.map((registers) => ({ registers })) }));

it('KVM: parse reads what format wrote', () => {
  fc.assert(
    fc.property(machine(), (given) => {
      expect(parseKvmOneRegs(formatKvmOneRegs(given))).toMatchObject({ value: given, diagnostics: [], lines: { unread: 0 } });
    }),
  );
});

it('KVM: each register has an id of its own, which leads back to it', () => {
  expect(new Set(REGISTER_NAMES.map(kvmIdOf)).size).toBe(REGISTER_NAMES.length);
  for (const name of REGISTER_NAMES) expect(resolveKvmId(kvmIdOf(name))).toEqual({ kind: 'known', name });
});

it('Windows: parse reads what format wrote', () => {
  fc.assert(
    fc.property(machine(), (given) => {
      const { value, diagnostics, lines } = parseWindowsRegistry(formatWindowsRegistry(given));
      expect({ machine: value.machine, diagnostics, unread: lines.unread }).toEqual({
        machine: { ...given, unlisted: 'unknown' },
        diagnostics: [],
        unread: 0,
      });
    }),
  );
});

it('CSV: parse reads the table that format wrote', () => {
  fc.assert(
    fc.property(machine(), (given) => {
      expect(parseRegisterCsv(formatRegisterCsv(given))).toMatchObject({ machine: given, diagnostics: [] });
    }),
  );
});

it('CSV: parse reads what format wrote, whatever stands in the cells', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '""', ',', '\r\n', '\n', ' a', ''));
  const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })));
  const given = table.map((rows) => rows.filter((row) => row.some((text) => text.trim() !== '')));
  fc.assert(
    fc.property(given, (rows) => {
      fc.pre(rows[0]?.[0]?.startsWith('\ufeff') !== true);
      const { value, diagnostics } = parseCsv(formatCsv(rows), ',');
      expect(value.map(({ cells }) => cells)).toEqual(rows);
      expect(diagnostics).toEqual([]);
    }),
  );
});

it('.config: parse reads what format wrote', () => {
  const name = fc.stringMatching(/^CONFIG_[A-Z][A-Z0-9_]{0,20}$/);
  const value = fc.oneof(fc.constantFrom('y', 'm', 'n', '""', '"a b"', '0x8000', '-1'), fc.integer({ min: 0, max: 9999 }).map(String));
  fc.assert(
    fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (options) => {
      const file = { architecture: 'arm64', release: '6.12.107', options };
      expect(parseKernelConfig(formatKernelConfig(file))).toMatchObject({ value: file, diagnostics: [], lines: { unread: 0 } });
    }),
  );
});

it('JSON: what JSON.parse takes is taken, and what it does not take has a place', () => {
  const broken = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '{', '}', '\\', '\u0000')).map(([text, at, mark]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + mark + text.slice(place + 1);
  });
  fc.assert(
    fc.property(broken, (text) => {
      let taken = true;
      try {
        JSON.parse(text);
      } catch {
        taken = false;
      }
      const { diagnostics } = parseJson(text);
      expect(diagnostics.map(({ where }) => where)).toEqual(taken ? [] : [expect.stringMatching(/^line \d+, column \d+$/)]);
    }),
  );
});
