/** A comparison that is worth a look. */
export interface ComparisonExample {
  readonly title: string;
  readonly subjects: readonly string[];
}

/** Comparisons to begin with; the first is the question that started the project. */
export const COMPARISON_EXAMPLES: readonly ComparisonExample[] = [
  { title: 'M1 guest and Kunpeng 920', subjects: ['parallels-m1', 'kunpeng-920'] },
  { title: 'One machine, three kernels', subjects: ['parallels-m1@4.14', 'parallels-m1@5.4', 'parallels-m1@7.2'] },
  { title: 'Raspberry Pi 4, RK3588, Ampere Altra', subjects: ['raspberry-pi-4@6.12', 'rk3588@6.12', 'ampere-altra@6.12'] },
  { title: 'Host and guest', subjects: ['trm-neoverse-v1@6.12', 'trm-neoverse-v1@6.12|kvm=6.1|vcpu=pauth'] },
  { title: 'With and without SVE', subjects: ['trm-neoverse-v1@6.12', 'trm-neoverse-v1@6.12|cmdline=arm64.nosve'] },
];
