import { numberOf } from '../c/evaluate.ts';

const ENCODING_SHIFTS = [19, 16, 12, 8, 5] as const;

/** The number that the kernel gives to a register's encoding. */
export function encodingNumber([op0, op1, crn, crm, op2]: readonly number[]): bigint {
  return [op0!, op1!, crn!, crm!, op2!].reduce((sum, part, i) => sum | (BigInt(part) << BigInt(ENCODING_SHIFTS[i]!)), 0n);
}

/** The encoding of such a number. */
export function encodingOf(number: bigint): readonly [number, number, number, number, number] {
  const part = (shift: number, mask: bigint): number => Number((number >> BigInt(shift)) & mask);
  return [part(19, 3n), part(16, 7n), part(12, 15n), part(8, 15n), part(5, 7n)];
}

/**
 * Reads arch/arm64/tools/sysreg: of each register `SYS_<NAME>`, of each field `<REGISTER>_<FIELD>_SHIFT`, `_WIDTH`, `_MASK` and
 * `_SIGNED`, of each value `<REGISTER>_<FIELD>_<VALUE>`, as the kernel's own script makes them.
 */
export function readSysregs(text: string, miss: (line: number, why: string) => void): ReadonlyMap<string, bigint> {
  const constants = new Map<string, bigint>();
  let register = '';
  let field = '';
  text.split('\n').forEach((line, index) => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    const [first = '', ...rest] = words;
    if (first === '') return;
    if (first.startsWith('Sysreg')) for (const kind of ['RES0', 'RES1', 'UNKN']) constants.set(`${rest[0]}_${kind}`, 0n);
    if (first === 'Sysreg') {
      register = rest[0] ?? '';
      const encoding = rest.slice(1, 6).map(Number);
      if (encoding.length === 5 && encoding.every(Number.isInteger)) constants.set(`SYS_${register}`, encodingNumber(encoding));
      else miss(index + 1, `the encoding of ${register}`);
    } else if (first === 'SysregFields') register = rest[0] ?? '';
    else if (first === 'Res0' || first === 'Res1') addReserved(constants, `${register}_${first.toUpperCase()}`, rest[0] ?? '');
    else if (/^(Field|(Signed|Unsigned)?Enum)$/.test(first)) {
      field = addField(constants, register, rest, first);
    } else if (/^(0b[01]+|0b\d+|0x[\da-f]+|\d+)$/i.test(first) && rest.length > 0)
      constants.set(`${register}_${field}_${rest[0]}`, numberOf(first));
    else if (!/^(End\w+|Raz|Rao|Unkn|Fields|Mapping|Prefix|Import|Feat|Desc)$/i.test(first)) miss(index + 1, `the word ${first}`);
  });
  return constants;
}

/** Bits that are reserved, all of a register in one mask. */
function addReserved(constants: Map<string, bigint>, name: string, range: string): void {
  const [high = 0, low = high] = range.split(':').map(Number);
  constants.set(name, (constants.get(name) ?? 0n) | (((1n << BigInt(high - low + 1)) - 1n) << BigInt(low)));
}

function addField(constants: Map<string, bigint>, register: string, [range = '', name = '']: readonly string[], kind: string): string {
  const [high = 0, low = high] = range.split(':').map(Number);
  const base = `${register}_${name}`;
  const width = BigInt(high - low + 1);
  constants.set(`${base}_SHIFT`, BigInt(low));
  constants.set(`${base}_WIDTH`, width);
  constants.set(base, ((1n << width) - 1n) << BigInt(low));
  constants.set(`${base}_MASK`, ((1n << width) - 1n) << BigInt(low));
  constants.set(`${base}_SIGNED`, BigInt(kind === 'SignedEnum'));
  return name;
}
