/** The part of the kernel that prints a line. */
export type LogSource = 'cpufeature' | 'cpuinfo' | 'fpsimd' | 'proton-pack' | 'smp' | 'hw-breakpoint' | 'kvm';

/** What a line says, with what it is filled in. Numbers are counts, lengths in bytes or CPU numbers, as the code tells. */
export type LogMessage =
  /** The policy of a CPU's instruction cache. */
  | { readonly code: 'icache-policy'; readonly policy: string }
  /** What an override of the command line came to; `value` is missing if it was impossible. */
  | {
      readonly code: 'override';
      readonly register: string;
      readonly msb: number;
      readonly lsb: number;
      readonly kind: 'forced' | 'ignored' | 'already-set' | 'impossible';
      readonly value?: bigint;
    }
  /** A capability was found; `erratum` if it stands among the errata. */
  | { readonly code: 'detected'; readonly description: string; readonly erratum: boolean }
  /** Activity monitors were found on this CPU. */
  | { readonly code: 'detected-amu' }
  /** A capability that CPUs may have each for themselves, with those that do. */
  | { readonly code: 'detected-on'; readonly description: string; readonly cpus: readonly number[] }
  /** Separate page tables for the kernel were decided by something else than the CPU. */
  | { readonly code: 'kpti-forced'; readonly on: boolean; readonly by: string }
  | { readonly code: 'kpti-not-configured' }
  | { readonly code: 'unknown-asid-size'; readonly field: number }
  | { readonly code: 'smaller-asid'; readonly own: number; readonly boot: number }
  /** A CPU does not go with the system in a capability. */
  | { readonly code: 'conflict'; readonly number: number; readonly description?: string; readonly system: boolean; readonly own: boolean }
  | { readonly code: 'will-not-boot' }
  /** A CPU differs from the boot CPU where CPUs should not. */
  | { readonly code: 'sanity-check'; readonly register: string; readonly boot: bigint; readonly own: bigint }
  | { readonly code: 'unsupported-variation' }
  /** A late CPU lacks what programs were promised. */
  | { readonly code: 'missing-hwcap'; readonly constant: string }
  | { readonly code: 'vector-lengths-missing'; readonly extension: 'SVE' | 'SME' }
  /** A late CPU offers vector lengths that guests have found to be absent. */
  | { readonly code: 'vector-lengths-unsupported'; readonly extension: 'SVE' | 'SME' }
  | { readonly code: 'vector-length-mismatch'; readonly extension: 'SVE' | 'SME' }
  | { readonly code: 'narrower-for-kvm'; readonly what: 'VMID width' | 'IPA range' }
  | { readonly code: 'minimum-vector-length'; readonly extension: 'SVE' | 'SME'; readonly bytes: number }
  | { readonly code: 'maximum-vector-length'; readonly extension: 'SVE' | 'SME'; readonly bytes: number }
  | { readonly code: 'default-vector-length'; readonly extension: 'SVE' | 'SME'; readonly bytes: number }
  | { readonly code: 'unvirtualisable-vector-lengths'; readonly extension: 'SVE' | 'SME' }
  | { readonly code: 'no-cache-writeback-granule'; readonly assumed: number }
  | { readonly code: 'emulated-pan' }
  /** AArch32 programs run on some CPUs only. */
  | { readonly code: 'asymmetric-32bit-el0'; readonly on: number; readonly pinned: number }
  /** A mitigation is off: by the command line, unless `by` says that the kernel was built without it. */
  | {
      readonly code: 'mitigation-disabled';
      readonly mitigation: 'spectre-v2' | 'spectre-v4' | 'spectre-bhb';
      readonly by?: 'configuration';
    }
  | { readonly code: 'started-at-el'; readonly el: number }
  | { readonly code: 'breakpoints'; readonly breakpoints: number; readonly watchpoints: number }
  | { readonly code: 'kvm'; readonly mode: 'unavailable' | 'vhe' | 'nvhe' | 'hvhe' | 'protected' | 'protected-hvhe' };

/** When a line is printed: as the boot CPU comes up, as a secondary does, when the system is settled, by a later part, or for a late CPU. */
export type LogPhase = 'boot-cpu' | 'secondary' | 'system' | 'after' | 'late';

/** One line of the kernel's log, as data. */
export type LogEvent = LogMessage & {
  readonly phase: LogPhase;
  /** The CPU that it is about; absent = the system. */
  readonly cpu?: number;
  readonly source: LogSource;
};
