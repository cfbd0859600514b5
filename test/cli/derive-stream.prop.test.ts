import fc from 'fast-check';
import { expect, it } from 'vitest';
import { run } from '../support/fake-io.ts';
import { runs } from '../support/runs.ts';

const NAMES = ['ID_AA64PFR0_EL1', 'ID_AA64ISAR0_EL1', 'ID_AA64ISAR1_EL1', 'ID_AA64ZFR0_EL1', 'MIDR_EL1', 'CNTFRQ_EL0', 'S3_0_C0_C4_1'];

function digits(): fc.Arbitrary<string> {
  const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: length, maxLength: length });
  return fc.oneof(
    { weight: 6, arbitrary: hex(16).map((text) => `"0x${text}"`) },
    {
      weight: 2,
      arbitrary: fc
        .integer({ min: 0, max: 17 })
        .chain(hex)
        .map((text) => `"0x${text}"`),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '"0X11"',
        '"11"',
        '"0x1g"',
        '"0x00000000000000g0"',
        '"\\u0030x11"',
        '17',
        'null',
        '"0x1',
        '"0x0000000000000011""',
        '{}',
      ),
    },
  );
}

function id(): fc.Arbitrary<string> {
  const plain = fc.constantFrom(
    '"a"',
    '"machine 7"',
    '1',
    '42',
    '007',
    '-1',
    '1e3',
    '12345678901234567890',
    'null',
    'true',
    '""',
    '"\\"',
    '"\\n"',
    '"ü"',
    '"\u007f"',
  );
  return fc.oneof(
    fc.nat().map((number) => `"r${number}"`),
    fc.nat().map(String),
    plain,
    fc.string().map((text) => JSON.stringify(text)),
  );
}

/** The words that a stream is made of: mostly one shape, with what may disturb it. */
function line(): fc.Arbitrary<string> {
  const cpu = fc.record({
    values: fc.array(digits(), { minLength: NAMES.length, maxLength: NAMES.length }),
    more: fc.constantFrom('', '', '', ',"late":true', ',"sveVl":[16,32]', ',"count":2', ',"registers":{"ID_AA64PFR0_EL1":"0x22"}'),
  });
  const shape = fc.record({
    names: fc.oneof<fc.MaybeWeightedArbitrary<readonly string[]>[]>(
      { weight: 5, arbitrary: fc.constant(NAMES) },
      fc.shuffledSubarray(NAMES),
      fc.constant([...NAMES, 'ID_AA64PFR0_EL1']),
      fc.constant([...NAMES, 'S3_0_C0_C4_0']),
      fc.constant([...NAMES, 'NOT_A_REGISTER']),
      fc.constant([...NAMES, 'ID_AA64PFR0\\u005fEL1']),
    ),
    kernel: fc.constantFrom(
      '{"release":"6.1"}',
      '{"release":"6.1"}',
      '{"release":"7.2","cmdline":"arm64.nosve"}',
      '{"release":"9.9"}',
      '{ "release" : "5.10" }',
    ),
    cpus: fc.oneof(
      { weight: 3, arbitrary: cpu.map((one) => [one]) },
      cpu.map((one) => [one, one]),
      fc.array(cpu, { minLength: 2, maxLength: 3 }),
    ),
    id: id(),
    tail: fc.constantFrom(
      '',
      '',
      '',
      ',"id":"again"',
      ',"environment":{"timerHz":24000000}',
      ',"note":"{\\"id\\":1}"',
      ' ',
      '\r',
      ',',
      ']',
    ),
    order: fc.boolean(),
  });
  return shape.map(({ names, kernel, cpus, id: name, tail, order }) => {
    const machines = cpus.map(
      ({ values, more }) => `{"registers":{${names.map((register, i) => `"${register}":${values[i] ?? '"0x1"'}`).join(',')}}${more}}`,
    );
    const parts = [`"id":${name}`, `"kernel":${kernel}`, `"cpus":[${machines.join(',')}]`];
    const inside = tail.startsWith(',"') ? tail : '';
    return `{${(order ? parts : parts.reverse()).join(',')}${inside}}${inside === '' ? tail : ''}`;
  });
}

/** A stream in which lines come back, so that their shapes are learned, with other values. */
function stream(): fc.Arbitrary<string> {
  const other = fc.constantFrom('', '   ', '{', '[]', 'null', '\ufeff{}', '{"id":3}', '\u0000');
  return fc
    .record({
      lines: fc.array(fc.oneof({ weight: 8, arbitrary: line() }, other), { minLength: 1, maxLength: 10 }),
      repeats: fc.integer({ min: 1, max: 6 }),
      end: fc.constantFrom('\n', '', '\r\n'),
      mark: fc.constantFrom('', '\ufeff'),
    })
    .map(({ lines, repeats, end, mark }) => mark + Array.from({ length: repeats }, () => lines.join('\n')).join('\n') + end);
}

it('gives byte for byte what the slow way gives, whatever the lines are and however the stream is cut', async () => {
  const left = '{"cpus":[{"registers":{}}],"kernel":{"release":"6.1"},"id":"a"}';
  const filled = (pfr0: string) =>
    `{"cpus":[{"registers":{"ID_AA64ISAR1_EL1":"0x00000000000000ff","ID_AA64PFR0_EL1":"${pfr0}"}}],"kernel":{"release":"6.1"},"id":1}`;
  // A line that is given up half-way leaves nothing behind; an id of an odd form is the line's own.
  const examples: [string, number][] = [
    [[left, filled('0x0000000000000011'), left, left, filled('0x0000000000000g11'), left].join('\n'), 9999],
  ];
  await fc.assert(
    fc.asyncProperty(stream(), fc.integer({ min: 1, max: 3000 }), async (text, size) => {
      const bytes = new TextEncoder().encode(text);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
      const derive = (engine: string) => run(['derive', '--ndjson', '--fields', 'hwcaps', '--engine', engine], { '-': chunks });
      const slow = await derive('evaluator');
      for (const engine of ['auto', 'generated', 'wasm']) expect(await derive(engine)).toEqual(slow);
    }),
    { numRuns: runs(40), examples },
  );
});
