import { describe, expect, it } from 'vitest';
import { glimpseId, parseRecord } from '../../src/formats/record.ts';

const KERNEL = { release: '6.12.107' };
const CPU = { registers: { MIDR_EL1: '0x410fd0c0' } };

function errorOf(value: unknown): string {
  const parsed = parseRecord(typeof value === 'string' ? value : JSON.stringify(value));
  return 'error' in parsed ? `${parsed.error.code} ${parsed.error.message}` : 'no error';
}

function read(value: object) {
  const parsed = parseRecord(JSON.stringify(value));
  if ('error' in parsed) throw new Error(parsed.error.message);
  return parsed;
}

describe('a record', () => {
  it('is read with all its parts', () => {
    const { id, record, diagnostics } = read({
      id: 'a1',
      kernel: { release: '6.12.107', config: 'debian', cmdline: 'quiet' },
      cpus: [{ ...CPU, sveVl: [16, 32], smeVl: [16], late: false }],
      environment: {
        bootEl: 2,
        timerHz: 62_500_000,
        nvhe: true,
        kaslr: false,
        eventStream: true,
        smccc: { version: '0x10002', workaround1: '0x1' },
      },
      source: { anything: true },
    });
    expect({ id, diagnostics }).toEqual({ id: 'a1', diagnostics: [] });
    expect(record).toEqual({
      id: 'a1',
      kernel: { release: '6.12.107', config: 'debian', cmdline: 'quiet' },
      machine: { cpus: [{ registers: { MIDR_EL1: 0x410f_d0c0n }, sveVl: [16, 32], smeVl: [16], late: false }], unlisted: 'unknown' },
      environment: {
        bootEl: 2,
        timerHz: 62_500_000,
        nvhe: true,
        kaslr: false,
        eventStream: true,
        smccc: { version: 0x1_0002n, workaround1: 1n },
      },
    });
  });

  it('needs a release and a CPU only', () => {
    expect(read({ kernel: KERNEL, cpus: [{ registers: {} }] }).record).toEqual({
      id: null,
      kernel: KERNEL,
      machine: { cpus: [{ registers: {} }], unlisted: 'unknown' },
      environment: {},
    });
  });

  it('may say that what it does not list is zero', () => {
    expect(read({ kernel: KERNEL, cpus: [CPU], unlisted: 'zero' }).record.machine).not.toHaveProperty('unlisted');
    expect(read({ kernel: KERNEL, cpus: [CPU], unlisted: 'unknown' }).record.machine.unlisted).toBe('unknown');
    expect(errorOf({ kernel: KERNEL, cpus: [CPU], unlisted: 'one' })).toBe('bad-record unlisted: expected "zero" or "unknown", got "one"');
  });

  it('takes options of a kernel by name, over a base', () => {
    expect(read({ kernel: { ...KERNEL, config: { base: 'debian', CONFIG_ARM64_SVE: 'n' } }, cpus: [CPU] }).record.kernel.config).toEqual({
      base: 'debian',
      CONFIG_ARM64_SVE: 'n',
    });
  });

  it('takes generic register names, and the same value twice', () => {
    const registers = { S3_0_C0_C4_0: '0x11', ID_AA64PFR0_EL1: '0x0000000000000011', S3_3_C14_C0_0: '0x1' };
    expect(read({ kernel: KERNEL, cpus: [{ registers }] }).record.machine.cpus[0]?.registers).toEqual({
      ID_AA64PFR0_EL1: 0x11n,
      CNTFRQ_EL0: 1n,
    });
  });

  it('leaves registers out that no kernel derives from, and says so', () => {
    const { record, diagnostics } = read({
      id: 1,
      kernel: KERNEL,
      cpus: [{ registers: { MAIR_EL1: '0x1', S3_0_C15_C2_0: '0x2', ID_AA64PRF0_EL1: '0x3', ID_AA64PFR0: '0x4', TRCDEVARCH: '0x5' } }],
    });
    expect(record.machine.cpus[0]?.registers).toEqual({});
    expect(diagnostics.map(({ code, where, severity }) => [code, where, severity])).toEqual([
      ['unknown-register', 'cpus[0].registers.MAIR_EL1', 'warning'],
      ['unknown-register', 'cpus[0].registers.S3_0_C15_C2_0', 'note'],
      ['unknown-register', 'cpus[0].registers.ID_AA64PRF0_EL1', 'warning'],
      ['unknown-register', 'cpus[0].registers.ID_AA64PFR0', 'warning'],
      ['unknown-register', 'cpus[0].registers.TRCDEVARCH', 'note'],
    ]);
    expect(diagnostics[2]?.message).toContain('did you mean ID_AA64PFR0_EL1?');
  });

  it('reports keys that nothing reads, but not at the top', () => {
    const { diagnostics } = read({ note: 'mine', kernel: { ...KERNEL, command: 'x' }, cpus: [CPU], environment: { bootEL: 1 } });
    expect(diagnostics.map(({ code, where }) => [code, where])).toEqual([
      ['unknown-key', 'kernel.command'],
      ['unknown-key', 'environment.bootEL'],
    ]);
  });
});

describe('a malformed record says what is wrong and where', () => {
  const good = { id: 'x', kernel: KERNEL, cpus: [CPU] };
  const withRegister = (value: unknown) => ({ ...good, cpus: [CPU, { registers: { ID_AA64PFR0_EL1: value } }] });
  const hex = 'bad-record cpus[1].registers.ID_AA64PFR0_EL1: expected "0x…" of at most 16 hex digits, got';

  it.each([
    [[1], 'bad-record expected an object, got an array'],
    [null, 'bad-record expected an object, got null'],
    ['"text"', 'bad-record expected an object, got "text"'],
    [{ ...good, id: {} }, 'bad-record id: expected a string or a number, got an object'],
    [{ ...good, kernel: undefined }, 'bad-record kernel: expected an object, got nothing'],
    [{ ...good, kernel: {} }, 'bad-record kernel.release: expected a kernel release such as "6.12.107", got nothing'],
    [{ ...good, kernel: { release: 6.12 } }, 'bad-record kernel.release: expected a kernel release such as "6.12.107", got 6.12'],
    [{ ...good, kernel: { ...KERNEL, config: 3 } }, 'bad-record kernel.config: expected an object, got 3'],
    [
      { ...good, kernel: { ...KERNEL, config: { CONFIG_HZ: 250 } } },
      'bad-record kernel.config.CONFIG_HZ: expected a string such as "y", "n" or "250", got 250',
    ],
    [{ ...good, kernel: { ...KERNEL, cmdline: [] } }, 'bad-record kernel.cmdline: expected a string, got an empty array'],
    [{ ...good, cpus: undefined }, 'bad-record cpus: expected an array of at least one CPU, got nothing'],
    [{ ...good, cpus: [] }, 'bad-record cpus: expected an array of at least one CPU, got an empty array'],
    [{ ...good, cpus: new Array(4097).fill(CPU) }, 'bad-record cpus: expected at most 4096 CPUs, got 4097'],
    [{ ...good, cpus: [null] }, 'bad-record cpus[0]: expected an object, got null'],
    [{ ...good, cpus: [{}] }, 'bad-record cpus[0].registers: expected an object, got nothing'],
    [withRegister(-3), `${hex} -3`],
    [withRegister(17), `${hex} 17`],
    [withRegister(1.5), `${hex} 1.5`],
    [withRegister('-0x1'), `${hex} "-0x1"`],
    [withRegister('17'), `${hex} "17"`],
    [withRegister('0x10000000000000000'), `${hex} "0x10000000000000000"`],
    [withRegister('0x'), `${hex} "0x"`],
    [withRegister(null), `${hex} null`],
    [withRegister({}), `${hex} an object`],
    [
      { ...good, cpus: [{ registers: { 'a b\n': '0x1' } }] },
      'bad-record cpus[0].registers["a b\\n"]: expected a register name such as ID_AA64PFR0_EL1 or S3_0_C0_C4_0, got "a b\\n"',
    ],
    [
      { ...good, cpus: [{ registers: { S3_0_C0_C4_0: '0x1', ID_AA64PFR0_EL1: '0x2' } }] },
      'bad-record cpus[0].registers.ID_AA64PFR0_EL1: expected the value that ID_AA64PFR0_EL1 already has, got "0x2"',
    ],
    [{ ...good, cpus: [{ ...CPU, sveVl: 16 }] }, 'bad-record cpus[0].sveVl: expected an array of vector lengths in bytes, got 16'],
    [
      { ...good, cpus: [{ ...CPU, sveVl: [16, 17] }] },
      'bad-record cpus[0].sveVl[1]: expected a vector length in bytes, a multiple of 16 up to 256, got 17',
    ],
    [
      { ...good, cpus: [{ ...CPU, smeVl: [272] }] },
      'bad-record cpus[0].smeVl[0]: expected a vector length in bytes, a multiple of 16 up to 256, got 272',
    ],
    [{ ...good, cpus: [{ ...CPU, late: 'no' }] }, 'bad-record cpus[0].late: expected true or false, got "no"'],
    [{ ...good, cpus: [{ ...CPU, count: 0 }] }, 'bad-record cpus[0].count: expected a whole number from 1 to 4096, got 0'],
    [{ ...good, environment: [] }, 'bad-record environment: expected an object, got an empty array'],
    [{ ...good, environment: { bootEl: 3 } }, 'bad-record environment.bootEl: expected 1 or 2, got 3'],
    [{ ...good, environment: { timerHz: -1 } }, 'bad-record environment.timerHz: expected a whole number from 0 to 4294967295, got -1'],
    [{ ...good, environment: { timerHz: 0.5 } }, 'bad-record environment.timerHz: expected a whole number from 0 to 4294967295, got 0.5'],
    [{ ...good, environment: { kaslr: 1 } }, 'bad-record environment.kaslr: expected true or false, got 1'],
    [{ ...good, environment: { smccc: true } }, 'bad-record environment.smccc: expected an object, got true'],
    [{ ...good, environment: { smccc: {} } }, 'bad-record environment.smccc.version: expected "0x…" of at most 16 hex digits, got nothing'],
    [
      { ...good, environment: { smccc: { version: '0x1', workaround2: -2 } } },
      'bad-record environment.smccc.workaround2: expected "0x…" of at most 16 hex digits, got -2',
    ],
  ])('%j', (value, message) => {
    expect(errorOf(value)).toBe(message);
  });

  it('tells several problems at once, but not hundreds', () => {
    const registers = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`bad${i}`, '0x1']));
    expect(errorOf({ ...good, cpus: [{ registers }] })).toMatch(/bad0.*bad4.*; and 295 more$/);
  });

  it('keeps the id, even of a line that is no JSON', () => {
    expect(parseRecord(JSON.stringify({ id: 'x', cpus: [] }))).toMatchObject({ id: 'x', error: { code: 'bad-record' } });
    expect(parseRecord('{"id":"a\\"b","cpus":[')).toMatchObject({ id: 'a"b', error: { code: 'bad-json' } });
    expect(parseRecord('{"id":-17,')).toMatchObject({ id: -17, error: { code: 'bad-json' } });
    expect(parseRecord('{"cpus":[')).toMatchObject({ id: null, error: { code: 'bad-json' } });
    expect(glimpseId('{"id":"\\x"')).toBeNull();
  });

  it('shows nothing of the line that a terminal would obey', () => {
    const parsed = parseRecord('{"id":1,"x":\u001b[31m}');
    expect('error' in parsed && parsed.error.message).toMatch(/^the line is no JSON: [\x20-\x7e]+$/);
  });

  it('is not confused by keys of objects that every object has', () => {
    const line =
      '{"id":"p","__proto__":{"x":1},"constructor":2,"kernel":{"release":"6.1","config":{"__proto__":"y"}},"cpus":[{"registers":{}}]}';
    const parsed = parseRecord(line);
    expect('record' in parsed && parsed.record.kernel.config).toEqual({});
    expect(errorOf('{"kernel":{"release":"6.1"},"cpus":[{"registers":{"__proto__":"0x1"}}]}')).toContain(
      'cpus[0].registers.__proto__: expected a register name',
    );
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
