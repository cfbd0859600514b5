import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { withRegisters } from '../../src/answers/migrate/move.ts';
import { type MigrationHost, migrate } from '../../src/answers/migrate.ts';
import { parseKvmRecord } from '../../src/formats/kvm-record.ts';
import { boot } from '../../src/linux/boot.ts';
import { bootHost, makeVcpu, onHost, refusalOf } from '../../src/linux/kvm/guest-under-kvm.ts';
import { guestMachine } from '../../src/linux/kvm/kvm-layers.ts';
import { guestReads } from '../../src/linux/kvm/reads.ts';
import { mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS } from '../../src/linux/kvm/vcpu.ts';
import { setOneReg } from '../../src/linux/kvm/write.ts';

/** The hosts of the recordings, each once. */
const HOSTS = new Map<string, MigrationHost>();
for (const file of readdirSync(join(SPEC_DATA, 'kvm-recordings'))) {
  const { name, host, vcpu } = readSpec<{ readonly name: string; readonly host: object; readonly vcpu: object }>(`kvm-recordings/${file}`);
  const parsed = parseKvmRecord(JSON.stringify({ id: name, host, vcpu }));
  if ('error' in parsed) throw new Error(parsed.error.message);
  const { machine, kernel } = parsed.record;
  HOSTS.set(JSON.stringify(host), { name, machine, kernel });
}
const hosts = fc.constantFrom(...HOSTS.values());
const releases = fc.constantFrom('6.1.192', '6.6', '6.12.107', '6.18.15', '7.2');
/** Fields that rows of spec-data/linux/kvm/writes.json judge besides: PMUVer, DebugVer, EL0 to EL2, MTE_frac, PerfMon, CopDbg, CTR_EL0. */
const RULED =
  /^(ID_AA64DFR0_EL1:(0|8)|ID_AA64PFR0_EL1:(0|4|8)|ID_AA64PFR1_EL1:40|ID_DFR0_EL1:(0|24)|CTR_EL0:.*|ID_PFR1_EL1:28|ID_AA64PFR0_EL1:24)$/;

const GUEST = { release: '7.2' };

/** What a vCPU may be asked for; what not all hosts give is left out by itself. */
const asked = fc.option(fc.subarray(['sve', 'pauth', 'pmu', 'mte']), { nil: undefined });
const vcpus = fc
  .subarray(['sve', 'pauth', 'pmu', 'mte'])
  .map((words) => mergeVcpus(PLAIN_VCPU, ...words.map((word) => VCPU_OPTIONS[word]!)));

/** A host with a kernel of its own choice. */
const anyHost = fc.tuple(hosts, releases).map(([host, release]): MigrationHost => ({ ...host, kernel: { release } }));

/** Rows by which a guest shows a hwcap that its host does not: none is known. */
const MORE_THAN_HOST: readonly string[] = [];

describe('a guest under KVM', () => {
  it('has no hwcap that its host lacks under the same kernel, whatever its vCPU is made with', () => {
    fc.assert(
      fc.property(anyHost, vcpus, ({ machine, kernel }, wanted) => {
        const host = bootHost(machine, kernel);
        const vcpu = onHost(wanted, host);
        if (refusalOf(host, vcpu) !== undefined) return;
        const guest = boot(guestMachine(makeVcpu(host, vcpu)), kernel, { bootEl: 1 });
        expect(guest.hwcaps.names.filter((name) => !host.system.hwcaps.names.includes(name))).toEqual(MORE_THAN_HOST);
      }),
      { numRuns: 60 },
    );
  });

  it('reads a lower value that user space wrote, of any field that is writable and counts upwards', () => {
    let written = 0;
    fc.assert(
      fc.property(anyHost, vcpus, fc.nat(), ({ machine, kernel }, wanted, pick) => {
        const host = bootHost(machine, kernel);
        const vcpu = onHost(wanted, host);
        if (refusalOf(host, vcpu) !== undefined) return;
        const guest = makeVcpu(host, vcpu);
        const fields = [...guest.writable].flatMap(([name, mask]) =>
          host
            .trackedFields(name)
            .filter((field) => field.safe === 'lower' && !field.signed && (field.mask & mask) === field.mask)
            .filter((field) => (guest.registers.get(name)! & field.mask) !== 0n && !RULED.test(`${name}:${field.lsb}`))
            .map((field) => ({ name, field })),
        );
        if (fields.length === 0) return;
        const { name, field } = fields[pick % fields.length]!;
        const value = guest.registers.get(name)! - (1n << BigInt(field.lsb));
        expect([name, field.lsb, setOneReg(guest, name, value)]).toEqual([name, field.lsb, { stored: value }]);
        const now = withRegisters(guest, new Map([...guest.registers, [name, value]]));
        expect([name, guestReads(now).get(name)]).toEqual([name, value]);
        written++;
      }),
      { numRuns: 80 },
    );
    expect(written).toBeGreaterThan(20);
  });
});

/** Two hosts: of one kind under two kernels as often as of two kinds. */
const pair = fc.oneof(
  fc.tuple(anyHost, anyHost),
  fc.tuple(anyHost, releases).map(([host, release]) => [host, { ...host, kernel: { release } }] as const),
);

describe('migrate', () => {
  it('finds nothing in the way between a host and itself, and nothing to write', () => {
    fc.assert(
      fc.property(anyHost, (host) => {
        const { moves, common, layer, lost } = migrate([host, { ...host, name: 'again' }], GUEST);
        expect(moves.map(({ faults }) => faults)).toEqual([[], []]);
        expect({ conflicts: common?.conflicts, changes: layer?.changes, lost }).toEqual({ conflicts: [], changes: [], lost: [[], []] });
      }),
      { numRuns: 20 },
    );
  });

  it('proposes a guest that each host takes, and that moves between them but for the register list and what no trap guards', () => {
    fc.assert(
      fc.property(pair, asked, ([a, b], words) => {
        const { vcpu, common, left, hosts: both } = migrate([a, { ...b, name: 'other' }], GUEST, words);
        // Another pair takes the place of one for which there is no guest.
        fc.pre(vcpu !== undefined && common !== undefined && common.conflicts.length === 0);
        for (const { machine, kernel } of both) {
          const host = bootHost(machine, kernel);
          expect(refusalOf(host, vcpu)).toBeUndefined();
          const guest = makeVcpu(host, vcpu);
          for (const [name, value] of common.registers)
            if (guest.registers.get(name) !== value) expect([name, setOneReg(guest, name, value)]).toEqual([name, { stored: value }]);
        }
        const faults = left.flatMap((move) => move.faults).filter(({ kind }) => kind === 'refused' || kind === 'changed');
        expect(faults).toEqual([]);
        const missing = left.flatMap((move) => move.faults).filter(({ kind }) => kind === 'missing');
        expect(missing.every(({ value }) => value === undefined)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});
