import { expect, it } from 'vitest';
import { bogoMips, cpuinfoView, timerOfBogoMips } from '../../src/process/cpuinfo.ts';
import { bootedCpu, handmadeSystem } from '../support/system.ts';

// Figures as recorded on machines with HZ=250: Apple M1, a 25 MHz board, Raspberry Pi 3, Raspberry Pi 4, Kunpeng 920, 1 GHz counters.
it.each([
  [24_000_000, '48.00'],
  [25_000_000, '50.00'],
  [19_200_000, '38.40'],
  [54_000_000, '108.00'],
  [100_000_000, '200.00'],
  [1_000_000_000, '2000.00'],
  [0, '0.00'],
])('a timer of %d Hz prints as %s', (hz, expected) => {
  expect(bogoMips(Math.floor(hz / 250), 250)).toBe(expected);
  expect(timerOfBogoMips(expected)).toBe(hz === 0 ? undefined : hz);
});

// Arm ARM, "The system counter": 1 GHz from Armv8.6 on, and less before.
it.each(['2000.01', '-48.00', 'about 48'])('no timer prints %s', (printed) => {
  expect(timerOfBogoMips(printed)).toBeUndefined();
});

it('pads hundredths to two digits', () => {
  expect(bogoMips(4_050, 1_000)).toBe('8.10');
  expect(bogoMips(20_020, 250)).toBe('10.01');
});

it('lists online CPUs only, under their own numbers and MIDR_EL1', () => {
  const system = handmadeSystem({
    cpus: [
      bootedCpu(0, { MIDR_EL1: 0x410f_d034n }),
      bootedCpu(1, { MIDR_EL1: 0x410f_d083n }, { online: false }),
      bootedCpu(2, { MIDR_EL1: 0x611f_0221n }),
    ],
    online: [0, 2],
  });
  expect(cpuinfoView(system)).toEqual([
    {
      processor: 0,
      bogoMips: '48.00',
      features: ['fp', 'asimd'],
      implementer: 0x41,
      architecture: 8,
      variant: 0,
      part: 0xd03,
      revision: 4,
    },
    {
      processor: 2,
      bogoMips: '48.00',
      features: ['fp', 'asimd'],
      implementer: 0x61,
      architecture: 8,
      variant: 1,
      part: 0x022,
      revision: 1,
    },
  ]);
});

it('shows a 32-bit process the AArch32 hwcaps and a model name', () => {
  const [entry] = cpuinfoView(handmadeSystem(), { personality: 'PER_LINUX32' });
  expect(entry).toMatchObject({ modelName: 'ARMv8 Processor rev 3 (v8l)', features: ['half', 'thumb', 'crc32'] });
});

it('takes an unknown MIDR_EL1 as zero', () => {
  expect(cpuinfoView(handmadeSystem({ cpus: [] }))[0]).toMatchObject({ implementer: 0, part: 0 });
});

it.each([
  ['low half', 0xfn, undefined],
  ['low half', 0x8000_0000n, undefined],
  ['high half', 0xf_0000_0000n, 0x41],
])('names a core where nothing of the low half of MIDR_EL1 is open: open in the %s %s', (_, open, implementer) => {
  const hardware = new Map([[0, new Map([['MIDR_EL1', { value: 0x410f_d080n & ~open, open }]])]]);
  const system = { ...handmadeSystem({ cpus: [bootedCpu(0, {})], online: [0] }), unknown: { hardware } };
  expect(cpuinfoView(system as unknown as ReturnType<typeof handmadeSystem>)[0]?.implementer).toBe(implementer);
});
