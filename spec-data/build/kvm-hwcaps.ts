import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { insertField } from '../../src/bits/field.ts';
import { boot } from '../../src/linux/boot.ts';
import { bootHost, makeVcpu, onHost, refusalOf } from '../../src/linux/kvm/guest-under-kvm.ts';
import { kvmAt } from '../../src/linux/kvm/kvm-at.ts';
import type { KvmHost } from '../../src/linux/kvm/kvm-host.ts';
import { guestReads } from '../../src/linux/kvm/reads.ts';
import { mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS } from '../../src/linux/kvm/vcpu.ts';
import { MAINLINE_RELEASES, NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import type { Cpu, RegisterFile } from '../../src/silicon/machine.ts';
import { type GeneratedFile, header } from './spec-file.ts';

const CHOICES = ['sve', 'pauth', 'pmu', 'mte'] as const;

/** A host with everything: each field at its highest value that is defined and does not mean "implementation defined". */
function fullCpu(): Cpu {
  const registers: Record<string, bigint> = {};
  for (const { name, fields } of ALL_REGISTERS) {
    if (!/^(?:ID_|MVFR)/.test(name)) continue;
    registers[name] = fields.reduce((word, field) => {
      const width = field.msb - field.lsb + 1;
      const defined = Object.keys(field.values ?? {}).map(Number);
      const usable = defined.filter((value) => value !== 15 && (field.sign !== 'signed' || value < 2 ** (width - 1)));
      return width > 8 || usable.length === 0 ? word : insertField(word, field, BigInt(Math.max(...usable)));
    }, 0n);
  }
  return { registers: { ...registers, MIDR_EL1: 0xf_0510n, CTR_EL0: 0x8444_c004n } as RegisterFile, sveVl: [16], smeVl: [16] };
}

/** The hwcaps that the newest kernel shows in a guest of a host, with these vCPU features; those that the host refuses are left out. */
function guestHwcaps(cpu: Cpu, host: KvmHost, words: readonly string[]): ReadonlySet<string> {
  const make = (chosen: readonly string[]) => onHost(mergeVcpus(PLAIN_VCPU, ...chosen.map((word) => VCPU_OPTIONS[word]!)), host);
  const given = words.filter((word) => refusalOf(host, make([word])) === undefined);
  const reads = guestReads(makeVcpu(host, make(given)));
  const known = Object.entries(cpu.registers).map(([name, own]) => [name, typeof reads.get(name) === 'bigint' ? reads.get(name) : own]);
  const registers = Object.fromEntries(known) as RegisterFile;
  return new Set(boot({ cpus: [{ ...cpu, registers }] }, { release: NEWEST_RELEASE }).hwcaps.names);
}

/** Which hwcaps a guest can have under KVM, by the kernel of the host: with what its vCPU is made with, if that matters. */
export function generateKvmHwcaps(): readonly GeneratedFile[] {
  const cpu = fullCpu();
  const all = boot({ cpus: [cpu] }, { release: NEWEST_RELEASE }).hwcaps.names;
  const releases = MAINLINE_RELEASES.filter((release) => kvmAt(release).behaviour['id-registers'] === 'trapped');
  const rows = new Map(all.map((name) => [name, [] as { vcpu: string; first: string; last: string; at: number }[]]));
  for (const [at, release] of releases.entries()) {
    const host = bootHost({ cpus: [cpu] }, { release });
    const most = guestHwcaps(cpu, host, CHOICES);
    const without = CHOICES.map(
      (word) =>
        [
          word,
          guestHwcaps(
            cpu,
            host,
            CHOICES.filter((one) => one !== word),
          ),
        ] as const,
    );
    for (const name of all) {
      if (!most.has(name)) continue;
      const vcpu = without
        .filter(([, names]) => !names.has(name))
        .map(([word]) => word)
        .join(',');
      const runs = rows.get(name)!;
      const run = runs.at(-1);
      if (run !== undefined && run.at === at - 1 && run.vcpu === vcpu) Object.assign(run, { last: release, at });
      else runs.push({ vcpu, first: release, last: release, at });
    }
  }
  const written = [...rows].map(([name, runs]) => {
    const items = runs.map(({ vcpu, first, last }) => `['${first}', '${last}'${vcpu === '' ? '' : `, '${vcpu}'`}]`);
    return `  ${name}: [${items.join(', ')}],\n`;
  });
  const text = `${header('spec-data/linux/kvm/ by building hosts of each release')}
/** A run of host kernels: the first, the last, and what the vCPU must be made with, by the names of \`--vcpu\`. */
export type KvmRun = readonly [first: string, last: string, vcpu?: string];

/** The kernels of a host under which a guest can have a hwcap, if the CPU has it. */
export const KVM_HWCAPS: Readonly<Record<string, readonly KvmRun[]>> = {
${written.join('')}};
`;
  return [{ path: 'src/answers/generated/kvm-hwcaps.ts', text }];
}
