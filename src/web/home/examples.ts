import { linkTo } from '../route.ts';

/** A place worth a visit. */
export interface Example {
  readonly href: string;
  readonly title: string;
  readonly text: string;
}

/** Ways into the explorer, each an address that says all. */
export const EXAMPLES: readonly Example[] = [
  {
    href: linkTo('machine', '', [
      ['m', 'kunpeng-920'],
      ['k', '5.10'],
      ['field', 'ID_AA64ISAR1_EL1.LRCPC'],
      ['why', 'ilrcpc'],
    ]),
    title: 'Why does the Kunpeng 920 not show ilrcpc?',
    text: 'Raise LRCPC from 0 to 2 and watch the line, the level and the log; then move the kernel back to 4.16.',
  },
  {
    href: linkTo('machine', '', [
      ['m', 'virt-max'],
      ['guest', 'ID_AA64PFR0_EL1.SVE=0'],
      ['why', 'sve2'],
    ]),
    title: 'A hypervisor hides SVE',
    text: 'The silicon has it, the guest does not: sve2 goes with it.',
  },
  {
    href: linkTo('machine', '', [
      ['m', 'rk3588'],
      ['why', 'ssbs'],
    ]),
    title: 'Big and little cores',
    text: 'Where CPUs differ, the kernel keeps what all of them have.',
  },
  {
    href: linkTo('machine', '', [
      ['m', 'virt-max'],
      ['cmdline', 'arm64.nosve arm64.nomte'],
      ['why', 'sve'],
    ]),
    title: 'Words of the command line',
    text: 'arm64.nosve lowers a field before the kernel looks at it, in releases that know the word.',
  },
];
