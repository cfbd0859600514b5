import { describe, expect, it } from 'vitest';
import { bootargs, readBootParameters } from '../../../src/linux/cmdline/boot-parameters.ts';
import { kernelAt } from '../../../src/linux/release/kernel-at.ts';

const NEW = '7.2.13';

function read(cmdline: string, release = NEW, config = {}) {
  return readBootParameters(cmdline, kernelAt({ release, config }));
}

describe('the last word that means something wins', () => {
  it.each([
    ['kpti=on kpti=bogus', { kpti: true }],
    ['kpti kpti=', {}],
    ['kpti=0 kpti=1', { kpti: true }],
    ['mitigations=off mitigations=bogus', { mitigationsOff: true }],
    ['mitigations=off mitigations=auto', { mitigationsOff: false }],
    ['mitigations=off mitigations', { mitigationsOff: true }],
    ['mitigations=auto,nosmt', { mitigationsOff: false }],
    ['ssbd=force-off ssbd=bogus', { ssbd: 'force-off' }],
    ['ssbd=force-on ssbd=kernel', { ssbd: 'kernel' }],
    ['ssbd', {}],
    ['nospectre_v2=0', { noSpectreV2: true }],
    ['nospectre-bhb', { noSpectreBhb: true }],
    ['maxcpus=2 max-cpus=4', { maxCpus: 2 }],
    ['nosmp maxcpus=4', { maxCpus: 4 }],
    ['maxcpus=4 nosmp', { maxCpus: 0 }],
    ['maxcpus=abc', { maxCpus: 0 }],
    ['maxcpus=0x2', { maxCpus: 2 }],
    ['maxcpus=-1', { maxCpus: 0xffff_ffff }],
    ['maxcpus=3 maxcpus=', { maxCpus: 3 }],
    ['nr_cpus=3 nr_cpus=4', { nrCpus: 3 }],
    ['nr-cpus=3 nr_cpus=2', { nrCpus: 2 }],
    ['nr_cpus=abc nr_cpus=0 nr_cpus=-1', {}],
    ['kvm-arm.mode=none kvm_arm.mode kvm_arm.mode=nvhe', { kvmModes: ['none', 'nvhe'] }],
    ['irqchip.gicv3_pseudo_nmi=y', { pseudoNmi: true }],
    ['irqchip.gicv3_pseudo_nmi', {}],
    ['allow-mismatched-32bit-el0=0', { mismatched32BitEl0: true }],
    ['clocksource.arm_arch_timer.evtstrm=off', { eventStream: false }],
    ['clocksource.arm_arch_timer.evtstrm', {}],
    ['lpj=0x10', { loopsPerJiffy: 16 }],
    ['lpj', {}],
    ['nokaslr quiet', {}],
    ['-- kpti=1', {}],
  ])('%j', (cmdline, parameters) => {
    expect(read(cmdline)).toEqual(parameters);
  });
});

it('there are never more CPUs than the kernel was built for', () => {
  expect(read('nr_cpus=4', NEW, { CONFIG_NR_CPUS: '4' })).toEqual({});
  expect(read('nr_cpus=3', NEW, { CONFIG_NR_CPUS: '4' })).toEqual({ nrCpus: 3 });
  expect(read('nr_cpus=1', NEW, { CONFIG_NR_CPUS: '1' })).toEqual({});
});

describe('what older kernels read otherwise', () => {
  it.each([
    ['kpti=true', '5.10.223', {}],
    ['kpti=true', '6.1.192', { kpti: true }],
    ['kpti=enable', '6.12.107', {}],
    ['kpti=enable', '6.18.5', { kpti: true }],
    ['nospectre_bhb', '5.10.223', {}],
    ['mitigations=offence', '6.12.107', {}],
    ['mitigations=offence', NEW, { mitigationsOff: true }],
    ['allow_mismatched_32bit_el0', '5.10.223', {}],
    ['clocksource.arm_arch_timer.evtstrm=0', '4.4', {}],
    ['nokaslr', '5.10.223', { noKaslr: true }],
    ['quiet nokaslr=0', '5.10.223', { noKaslr: true }],
    ['nokaslrfoo', '5.10.223', { noKaslr: true }],
    ['x.nokaslr nokaslr', '5.10.223', {}],
    ['nokaslr', '6.1.192', {}],
  ])('%j on %s', (cmdline, release, parameters) => {
    expect(read(cmdline, release)).toEqual(parameters);
  });
});

describe('the command line of a kernel that brings its own', () => {
  const kernel = (config: Record<string, string>) => kernelAt({ release: '5.10.223', config: { CONFIG_CMDLINE: '"own"', ...config } });

  it.each([
    ['given', {}, 'given'],
    ['', {}, 'own'],
    [' ', {}, ' '],
    ['given', { CONFIG_CMDLINE_FORCE: 'y' }, 'own'],
    ['given', { CONFIG_CMDLINE_EXTEND: 'y' }, 'given own'],
    ['given', { CONFIG_CMDLINE_EXTEND: 'y', CONFIG_CMDLINE: '""' }, 'given'],
  ])('%j with %j is %j', (given, config, used) => {
    expect(bootargs(given, kernel(config))).toBe(used);
  });
});
