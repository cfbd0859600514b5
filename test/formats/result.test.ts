import { expect, it } from 'vitest';
import { formatRecordError, formatResult, RESULT_FIELDS, resultObject } from '../../src/formats/result.ts';
import { schemaFaults } from '../support/answer-schemas.ts';
import { handmadeSystem, visible } from '../support/system.ts';

const FOUND = { code: 'unknown-register', severity: 'warning', where: 'cpus[0].registers.MAIR_EL1', message: 'left out' } as const;

it('has every part of the contract, 64-bit values as text of 16 digits', () => {
  const system = handmadeSystem({
    tracked: [visible('ID_AA64PFR0_EL1', 0x11n)],
    cpucaps: ['HAS_LSE_ATOMICS'],
    diagnostics: [{ ...FOUND, code: 'assumed-zero' }],
  });
  const result = JSON.parse(formatResult('a1', system, [FOUND]));
  expect(schemaFaults('urn:armlens:result:1', result)).toEqual([]);
  expect(Object.keys(result)).toEqual(['id', ...RESULT_FIELDS]);
  expect(result).toMatchObject({
    id: 'a1',
    hwcaps: { words: ['0x0000000000000003', '0x0000000000000000'], names: ['fp', 'asimd'] },
    compat: { words: ['0x0000000000168096', '0x0000000000000010'] },
    online: [0],
    sanitised: { ID_AA64PFR0_EL1: '0x0000000000000011' },
    user: { S3_0_C0_C4_0: '0x0000000000000011', S3_0_C0_C1_0: 'SIGILL' },
    cpucaps: ['HAS_LSE_ATOMICS'],
    tainted: false,
    panic: null,
    fidelity: 'exact',
  });
  expect(result.cpuinfo).toMatch(/^processor\t: 0\nBogoMIPS\t: 48\.00\nFeatures\t: fp asimd\n/);
  expect(result.diagnostics.map(({ code }: { code: string }) => code)).toEqual(['unknown-register', 'assumed-zero']);
});

it('holds the parts that were asked for, in the order of the contract', () => {
  expect(Object.keys(JSON.parse(formatResult(7, handmadeSystem(), [], ['online', 'hwcaps'])))).toEqual(['id', 'hwcaps', 'online']);
});

it('names the rows in doubt next to the fidelity', () => {
  const doubts = [{ row: 'ssbs', since: '6.1.192', notIn: '6.1.20' }];
  const result = JSON.parse(formatResult(null, handmadeSystem({ fidelity: 'bounded', doubts }), [], ['fidelity']));
  expect(result).toEqual({ id: null, fidelity: 'bounded', doubts });
});

it('tells of a panic beside what was known at that moment', () => {
  const panic = { cpu: 1, reason: 'no VHE' };
  expect(JSON.parse(formatResult('p', handmadeSystem({ panic }), []))).toMatchObject({ panic, hwcaps: { names: ['fp', 'asimd'] } });
});

it('writes an error in the place of a result', () => {
  expect(formatRecordError('x', { code: 'bad-record', message: 'cpus: …' })).toBe(
    '{"id":"x","error":{"code":"bad-record","message":"cpus: …"}}',
  );
});

it('says as text what the object says', () => {
  const doubts = [{ row: 'ssbs', since: '6.1.192', notIn: '6.1.20' }];
  const system = handmadeSystem({ tracked: [visible('ID_AA64PFR0_EL1', 0x11n)], fidelity: 'bounded', doubts });
  expect(JSON.parse(formatResult('a"\n', system, [FOUND]))).toEqual(
    JSON.parse(JSON.stringify({ id: 'a"\n', ...resultObject(system, [FOUND]) })),
  );
});
