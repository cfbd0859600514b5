import { describe, expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';
import { CORE_LIST_ROWS } from '../../../src/linux/generated/behaviour.ts';
import { coreOfName } from '../../../src/linux/release/core-id.ts';
import { kernelAt, kernelVariants } from '../../../src/linux/release/kernel-at.ts';
import type { System } from '../../../src/linux/system.ts';

/** Whether a kernel has a core in a list. */
function lists(release: string, list: string, midr: string): boolean {
  return kernelAt({ release }).coreLists.get(list)!.midr.includes(midr);
}

/** Every step by which a core came into a list in a stable series, with the list as its rows name it. */
const UPDATES = CORE_LIST_ROWS.flatMap(({ name, cores }) =>
  cores.flatMap(({ midr, backports = [] }) =>
    backports.flatMap(({ series, since, notIn, gone }) =>
      gone || series === 'rhel8' || notIn === undefined ? [] : [{ name, midr, since, notIn }],
    ),
  ),
);

describe('a core is in a list', () => {
  it.each(UPDATES)('$name: $midr from $since on, not in $notIn', ({ name, midr, since, notIn }) => {
    expect(lists(since, name, midr)).toBe(true);
    expect(lists(notIn, name, midr)).toBe(false);
  });

  it('of every mainline release from its own on, and of none before', () => {
    const late = CORE_LIST_ROWS.flatMap(({ name, cores }) =>
      cores.flatMap(({ midr, since, notIn }) => (since === undefined || since === '4.4' ? [] : [{ name, midr, since, notIn }])),
    );
    expect(late.length).toBeGreaterThan(0);
    for (const { name, midr, since, notIn } of late) {
      expect.soft(lists(since, name, midr), `${midr} in ${since}`).toBe(true);
      if (notIn !== undefined) expect.soft(lists(notIn, name, midr), `${midr} in ${notIn}`).toBe(false);
    }
  });

  it('only under the option that it stands under', () => {
    const cores = (value: string): readonly string[] =>
      kernelAt({ release: '6.12', config: { CONFIG_ARM64_ERRATUM_1024718: value } }).coreLists.get('broken-dirty-bit')!.midr;
    expect(cores('y')).toContain('CORTEX_A55');
    expect(cores('n')).not.toContain('CORTEX_A55');
  });
});

describe('between the last release that is known to lack it and the first that has it', () => {
  const [gap] = CORE_LIST_ROWS.flatMap(({ name, cores }) =>
    cores.flatMap(({ midr, since, notIn }) => (since === '5.3' && notIn === '4.19' ? [{ name, midr }] : [])),
  );

  it('it is in doubt, and stands in some of the kernels that this one may be', () => {
    const kernel = { release: '5.0' };
    expect(kernelAt(kernel).doubts).toContainEqual({
      row: `list ${gap!.name} with ${gap!.midr}`,
      since: '5.3',
      notIn: '4.19',
      midr: gap!.midr,
    });
    const verdicts = new Set(kernelVariants(kernel).map(({ coreLists }) => coreLists.get(gap!.name)!.midr.includes(gap!.midr)));
    expect([...verdicts].sort()).toEqual([false, true]);
  });
});

describe('what a list decides', () => {
  const booted = (core: string, release: string): System => {
    const [implementer, part] = coreOfName(core);
    const MIDR_EL1 = BigInt(((implementer << 24) | (0xf << 16) | (part << 4)) >>> 0);
    return boot({ cpus: [{ registers: { MIDR_EL1, ID_AA64PFR0_EL1: 0x11n } }] }, { release }, { kaslr: false });
  };
  const isolates = (core: string, release: string): boolean => booted(core, release).cpucaps.includes('UNMAP_KERNEL_AT_EL0');

  it('is certain on both sides of what brought a core', () => {
    expect(isolates('CORTEX_A53', '4.19.0')).toBe(true);
    expect(isolates('CORTEX_A53', '4.19.75')).toBe(false);
    expect(isolates('QCOM_KRYO_4XX_SILVER', '5.7.8')).toBe(true);
    expect(isolates('QCOM_KRYO_4XX_SILVER', '5.7.9')).toBe(false);
  });

  it('is open in between, on the cores that it is about and on no others', () => {
    const system = booted('CORTEX_A53', '5.0');
    expect(system.cpucaps).not.toContain('UNMAP_KERNEL_AT_EL0');
    expect(system.unknown?.cpucaps).toContain('UNMAP_KERNEL_AT_EL0');
    expect(system.fidelity).toBe('bounded');
    const other = booted('CAVIUM_THUNDERX2', '5.0');
    expect(other.unknown?.cpucaps ?? []).not.toContain('UNMAP_KERNEL_AT_EL0');
    expect(other.doubts.filter(({ row }) => row.startsWith('list '))).toEqual([]);
  });
});
