/** C that merges CPUs as `update_cpu_features()` and `update_cpu_ftr_reg()` of Linux do, field by field. */

import type { TrackedField, TrackedRegister } from '../../src/linux/release/kernel-at.ts';
import { AARCH32_FROM, AARCH32_TO, IDENTITY_REGISTERS, ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import type { Plan } from '../plan.ts';

const RULES = ['exact', 'lower', 'higher', 'higher-or-zero'];

function fieldText({ lsb, width, signed, safe, safeValue }: TrackedField): string {
  const value = signed ? BigInt.asIntN(width, safeValue) : safeValue;
  return `{${lsb}, ${width}, ${Number(signed)}, ${RULES.indexOf(safe)}, ${value}}`;
}

/** The bits that are taken over from the boot CPU. */
function coveredOf(register: TrackedRegister | undefined, name: string): bigint {
  if (IDENTITY_REGISTERS.includes(name)) return 0xffff_ffff_ffff_ffffn;
  return register?.covered ?? 0n;
}

/** The function `sanitise` of a kernel's table. */
export function sanitiseSource({ model }: Plan): string {
  const tracked = ROW_REGISTERS.map((name) => model.registers.find((register) => register.name === name));
  const fields = tracked.map((register) => `{${(register?.fields ?? []).map(fieldText).join(', ') || '{0}'}}`);
  const registers = tracked.map(
    (register, i) => `{${register?.fields.length ?? 0}, 0x${coveredOf(register, ROW_REGISTERS[i]!).toString(16)}ull, FIELDS_${i}}`,
  );
  return `
struct field { int lsb, width, is_signed, rule; int64_t safe; };
struct reg { int count; uint64_t covered; const struct field *fields; };
${fields.map((text, i) => `static const struct field FIELDS_${i}[] = ${text};`).join('\n')}
static const struct reg REGISTERS[] = {${registers.join(', ')}};
enum { AARCH32 = ${AARCH32_FROM}, BEHIND = ${AARCH32_TO}, PFR0 = ${ROW_REGISTERS.indexOf('ID_AA64PFR0_EL1')} };
static int64_t get(uint64_t v, const struct field *f) {
  uint64_t up = v << (64 - f->lsb - f->width);
  return f->is_signed ? (int64_t)up >> (64 - f->width) : (int64_t)(up >> (64 - f->width));
}
static uint64_t put(uint64_t v, const struct field *f, int64_t x) {
  uint64_t mask = (f->width == 64 ? ~0ull : (1ull << f->width) - 1) << f->lsb;
  return (v & ~mask) | (((uint64_t)x << f->lsb) & mask);
}
static int64_t safe_value(const struct field *f, int64_t a, int64_t b) {
  switch (f->rule) {
    case 0: return f->safe;
    case 1: return a < b ? a : b;
    case 3: if (!a || !b) return 0; /* fall through */
    default: return a > b ? a : b;
  }
}
static void update(uint64_t *system, const uint64_t *cpu, int from, int to) {
  for (int k = from; k < to; k++) {
    const struct reg *g = &REGISTERS[k];
    uint64_t v = system[k];
    if (((cpu[k] ^ v) & g->covered) == 0) continue;
    for (int j = 0; j < g->count; j++) {
      const struct field *f = &g->fields[j];
      int64_t own = get(v, f), other = get(cpu[k], f);
      if (own != other) v = put(v, f, safe_value(f, other, own));
    }
    system[k] = v;
  }
}
static void sanitise(const uint64_t *restrict rows, uint64_t *restrict out, long count, long cpus) {
  for (long i = 0; i < count; i++) {
    const uint64_t *boot = rows + i * cpus * W;
    uint64_t *system = out + i * W;
    for (int k = 0; k < W; k++) system[k] = boot[k] & REGISTERS[k].covered;
    for (long c = 1; c < cpus; c++) {
      const uint64_t *cpu = boot + c * W;
      update(system, cpu, 0, AARCH32);
      update(system, cpu, BEHIND, W);
      if ((cpu[PFR0] & 15) == 2) update(system, cpu, AARCH32, BEHIND);
    }
  }
}
`;
}
