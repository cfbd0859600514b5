import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { withRegisters } from '../../src/answers/migrate/move.ts';
import { type MigrationHost, migrate } from '../../src/answers/migrate.ts';
import { parseKvmRecord } from '../../src/formats/kvm-record.ts';
import { boot } from '../../src/linux/boot.ts';
import { bootHost, makeVcpu, onHost } from '../../src/linux/kvm/guest-under-kvm.ts';
import { guestMachine } from '../../src/linux/kvm/kvm-layers.ts';
import { guestReads } from '../../src/linux/kvm/reads.ts';
import { PLAIN_VCPU } from '../../src/linux/kvm/vcpu.ts';
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
const GUEST = { release: '7.2' };

/** A host with a kernel of its own choice. */
const anyHost = fc.tuple(hosts, releases).map(([host, release]): MigrationHost => ({ ...host, kernel: { release } }));

describe('a guest under KVM', () => {
  it('has no hwcap that its host lacks, but for cpuid, which is the kernel of the guest', () => {
    fc.assert(
      fc.property(anyHost, ({ machine, kernel }) => {
        const host = bootHost(machine, kernel);
        const guest = boot(guestMachine(makeVcpu(host, onHost(PLAIN_VCPU, host))), kernel, { bootEl: 1 });
        expect(guest.hwcaps.names.filter((name) => !host.system.hwcaps.names.includes(name))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('reads a lower value that user space wrote', () => {
    fc.assert(
      fc.property(anyHost, ({ machine, kernel }) => {
        const host = bootHost(machine, kernel);
        const guest = makeVcpu(host, onHost(PLAIN_VCPU, host));
        const value = (guest.registers.get('ID_AA64ISAR0_EL1') ?? 0n) & ~0xf0n;
        const outcome = setOneReg(guest, 'ID_AA64ISAR0_EL1', value);
        if (host.model.behaviour.writes === 'per-field' && host.model.writable.has('ID_AA64ISAR0_EL1'))
          expect(outcome).toEqual({ stored: value });
        if ('errno' in outcome) return;
        const written = withRegisters(guest, new Map([...guest.registers, ['ID_AA64ISAR0_EL1', outcome.stored]]));
        expect(guestReads(written).get('ID_AA64ISAR0_EL1')).toBe(value);
      }),
      { numRuns: 40 },
    );
  });
});

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

  it('proposes a guest that each host takes, and that reads alike wherever a trap stands before the register', () => {
    fc.assert(
      fc.property(anyHost, anyHost, (a, b) => {
        const { vcpu, common, hosts: both } = migrate([a, { ...b, name: 'other' }], GUEST);
        if (vcpu === undefined || common === undefined) return;
        for (const { machine, kernel } of both) {
          const host = bootHost(machine, kernel);
          const guest = makeVcpu(host, onHost(vcpu, host));
          for (const [name, value] of common.registers) expect([name, setOneReg(guest, name, value)]).toEqual([name, { stored: value }]);
        }
      }),
      { numRuns: 25 },
    );
  });
});
