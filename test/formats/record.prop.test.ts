import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BootRecord, formatRecord, parseRecord } from '../../src/formats/record.ts';
import { formatRegisterDump, parseRegisterDump } from '../../src/formats/register-dump.ts';
import { REGISTER_NAMES } from '../../src/formats/register-name.ts';
import type { Cpu } from '../../src/silicon/machine.ts';
import { schemaFaults } from '../support/answer-schemas.ts';
import { word64 } from '../support/arbitraries.ts';

const lengths = () => fc.uniqueArray(fc.integer({ min: 1, max: 16 }).map((n) => n * 16));
const registers = (minKeys = 0) =>
  fc.dictionary(fc.constantFrom(...REGISTER_NAMES), word64(), { minKeys, maxKeys: 10, noNullPrototype: true });
const cpu = (): fc.Arbitrary<Cpu> =>
  fc.record({ registers: registers(), sveVl: lengths(), smeVl: lengths(), late: fc.boolean() }, { requiredKeys: ['registers'] });
const smccc = () =>
  fc.record({ version: word64(), workaround1: word64(), workaround2: word64(), workaround3: word64() }, { requiredKeys: ['version'] });

const record = (): fc.Arbitrary<BootRecord> =>
  fc.record({
    id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
    machine: fc.record(
      { cpus: fc.array(cpu(), { minLength: 1, maxLength: 4 }), unlisted: fc.constant('unknown' as const) },
      { requiredKeys: ['cpus'] },
    ),
    kernel: fc.record(
      {
        release: fc.constantFrom('4.4', '6.12.107', '7.2'),
        config: fc.constantFrom('debian', { base: 'debian', CONFIG_ARM64_SVE: 'n' }),
        cmdline: fc.string(),
      },
      { requiredKeys: ['release'] },
    ),
    environment: fc.record(
      {
        bootEl: fc.constantFrom(1 as const, 2 as const),
        timerHz: fc.nat(),
        nvhe: fc.boolean(),
        kaslr: fc.boolean(),
        eventStream: fc.boolean(),
        smccc: smccc(),
      },
      { requiredKeys: [] },
    ),
  });

it('parse reads what format wrote', () => {
  fc.assert(
    fc.property(record(), (given) => {
      expect(parseRecord(formatRecord(given))).toEqual({ id: given.id, record: given, diagnostics: [] });
    }),
  );
});

it('what format writes follows its schema', () => {
  fc.assert(
    fc.property(record(), (given) => {
      expect(schemaFaults('urn:armlens:record:1', JSON.parse(formatRecord(given)))).toEqual([]);
    }),
  );
});

it('any JSON gives a record or an error, and never throws', () => {
  fc.assert(
    fc.property(fc.json(), (line) => {
      const parsed = parseRecord(line);
      expect('error' in parsed || 'record' in parsed).toBe(true);
    }),
  );
});

it('any text gives a record or an error, and never throws', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      expect(parseRecord(line)).toHaveProperty('id');
    }),
  );
});

it('a dump reads as the machine that it was written from', () => {
  const machine = fc
    .array(registers(1), { minLength: 1, maxLength: 4 })
    .map((files) => ({ cpus: files.map((file) => ({ registers: file })) }));
  fc.assert(
    fc.property(machine, (given) => {
      expect(parseRegisterDump(formatRegisterDump(given))).toEqual({ value: { machine: given }, diagnostics: [] });
    }),
  );
});

it('no text makes the dump reader throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { value, diagnostics } = parseRegisterDump(text);
      expect(value.machine.cpus.length > 0 || diagnostics.length > 0).toBe(true);
    }),
  );
});
