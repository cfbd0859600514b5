/** C that derives hwcaps of rows: straight-line, as a compiler likes it, and as a loop over descriptors, as Linux has it. */
import { COLUMNS, CONSTANT_BITS, type FieldTest, MIDR, type PlainErratum, type Plan, REVIDR } from '../plan.ts';

function testText({ column, lsb, width, signed, atLeast }: FieldTest): string {
  if (!signed) return `(((r[${column}] >> ${lsb}) & ${2 ** width - 1}) >= ${atLeast})`;
  return `(((int64_t)(r[${column}] << ${64 - lsb - width}) >> ${64 - width}) >= ${atLeast})`;
}

function straightLine({ rules }: Plan): string {
  const lines = rules.map(({ word, bit, clauses }) => {
    const held = clauses.map((tests) => `(${tests.map(testText).join(' | ')})`).join(' & ');
    return `    w${word} |= (uint64_t)(${held}) << ${bit};`;
  });
  return `
static void straight_chunk(const uint64_t *restrict rows, uint64_t *restrict out, long count) {
  for (long i = 0; i < count; i++) {
    const uint64_t *r = rows + i * W;
    uint64_t w0 = ${CONSTANT_BITS}, w1 = 0, w2 = 0;
${lines.join('\n')}
    out[i * 3] = w0; out[i * 3 + 1] = w1; out[i * 3 + 2] = w2;
  }
}
static void derive_straight(const uint64_t *rows, uint64_t *out, long count) {
  for (long done = 0; done < count; done += 256) {
    long some = count - done < 256 ? count - done : 256;
    straight_chunk(rows + done * W, out + done * 3, some);
    hide(rows + done * W, out + done * 3, some);
  }
}`;
}

function descriptorLoop({ rules }: Plan): string {
  const tests = rules.flatMap(({ clauses }) => clauses.flat());
  const clauses = rules.flatMap((rule) => rule.clauses);
  return `
struct test { int column, lsb, width, is_signed; int64_t least; };
static const struct test TESTS[] = {
${tests.map(({ column, lsb, width, signed, atLeast }) => `  {${column}, ${lsb}, ${width}, ${Number(signed)}, ${atLeast}},`).join('\n')}
};
static const int CLAUSES[] = {${clauses.map(({ length }) => length).join(', ')}};
struct rule { int word, bit, clauses; };
static const struct rule RULES[] = {
${rules.map(({ word, bit, clauses: own }) => `  {${word}, ${bit}, ${own.length}},`).join('\n')}
};
static int holds(const uint64_t *r, const struct test *t) {
  uint64_t up = r[t->column] << (64 - t->lsb - t->width);
  int64_t field = t->is_signed ? (int64_t)up >> (64 - t->width) : (int64_t)(up >> (64 - t->width));
  return field >= t->least;
}
static void derive_loop(const uint64_t *restrict rows, uint64_t *restrict out, long count) {
  for (long i = 0; i < count; i++) {
    const uint64_t *r = rows + i * W;
    uint64_t *o = out + i * 3;
    const struct test *t = TESTS;
    const int *c = CLAUSES;
    o[0] = ${CONSTANT_BITS}; o[1] = o[2] = 0;
    for (size_t k = 0; k < sizeof RULES / sizeof *RULES; k++) {
      int held = 1;
      for (int j = 0; j < RULES[k].clauses; j++, c++) {
        int any = 0;
        for (int n = 0; n < *c; n++, t++) any = any || holds(r, t);
        held = held && any;
      }
      if (held) o[RULES[k].word] |= 1ull << RULES[k].bit;
    }
  }
  hide(rows, out, count);
}`;
}

function erratumText({ cores, fixed, takes }: PlainErratum): string {
  const listed = cores.map(({ model, low, high }) => `(model == ${model}u && at >= ${low} && at <= ${high})`).join('\n        || ');
  const mended = fixed.map(
    ({ variant, revision, revidrMask }) => ` && !(at == ${variant * 16 + revision} && (r[${REVIDR}] & ${revidrMask}u))`,
  );
  const bits = takes.map((word, i) => `o[${i}] &= ~0x${word.toString(16)}ull;`).join(' ');
  return `    if ((${listed})${mended.join('')}) { ${bits} }`;
}

function errata({ errata: all, suspects }: Plan): string {
  const parts = [...suspects.entries()].filter(([, named]) => named === 1).map(([part]) => `[${part}] = 1`);
  return `
static const uint8_t SUSPECTS[4096] = {${parts.join(', ')}};
static __attribute__((noinline)) void hide(const uint64_t *rows, uint64_t *out, long count) {
  for (long i = 0; i < count; i++) {
    const uint64_t *r = rows + i * W;
    uint32_t midr = (uint32_t)r[${MIDR}];
    if (!SUSPECTS[(midr >> 4) & 4095]) continue;
    uint64_t *o = out + i * 3;
    uint32_t model = midr & 0xff0ffff0u, at = ((midr >> 16) & 0xf0) | (midr & 15);
${all.map(erratumText).join('\n')}
  }
}`;
}

/** The functions `derive_straight` and `derive_loop` of a kernel's table. */
export function deriveSource(plan: Plan): string {
  return `#define W ${COLUMNS}\n${errata(plan)}\n${straightLine(plan)}\n${descriptorLoop(plan)}\n`;
}
