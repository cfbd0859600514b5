import { linkTo } from '../route.ts';

/** A question that people ask, and the address that answers it. */
export interface Example {
  readonly href: string;
  readonly title: string;
  readonly text: string;
}

/** Questions as they are asked in trackers and forums, each with the place that answers it. */
export function examples(): readonly Example[] {
  return [
    {
      href: linkTo('insn', 'FRINT32Z'),
      title: 'Which hwcap do I test before I use FRINT32Z?',
      text: 'An instruction comes with a FEAT_*, a FEAT_* is told by a hwcap; the page has the test in C.',
    },
    {
      href: linkTo('machine', '', [
        ['m', 'ampere-altra'],
        ['k', '6.12'],
        ['why', 'ssbs'],
      ]),
      title: 'Why did ssbs vanish after a kernel update?',
      text: 'The silicon has it; an erratum makes newer kernels hide it.',
    },
    {
      href: linkTo('machine', '', [
        ['m', 'virt-max'],
        ['guest', 'ID_AA64PFR0_EL1.SVE=0'],
        ['why', 'sve2'],
      ]),
      title: 'Why does my virtual machine not show sve2?',
      text: 'A hypervisor hides one field, and more goes with it.',
    },
    {
      href: linkTo('machine', '', [
        ['m', 'rk3588'],
        ['why', 'dcpodp'],
      ]),
      title: 'Big and little cores: what do I get?',
      text: 'Where CPUs differ, the kernel keeps what all of them have.',
    },
    {
      href: linkTo('machine', '', [
        ['m', 'virt-max'],
        ['cmdline', 'arm64.nosve=1'],
        ['why', 'sve'],
      ]),
      title: 'Why does arm64.nosve=1 do nothing?',
      text: 'The kernel knows one spelling of the word, and is silent about others.',
    },
  ];
}
