// Generated from spec-data/linux/behaviour.json by `npm run gen`. Do not edit.
import type { BehaviourRow } from '../rows.ts';

export const BEHAVIOUR_ROWS: readonly BehaviourRow[] = [
  {"name":"aarch32-registers-initialised","since":"4.4","value":"always","changes":[{"since":"4.7","value":"boot-cpu-el0"}]},
  {"name":"aarch32-registers-updated","since":"4.4","value":"always","changes":[{"since":"4.7","value":"cpu-el0"},{"since":"4.12","value":"cpu-and-system-el0"},{"since":"5.8","value":"system-el0"},{"since":"5.14","notIn":"5.12","value":"cpu-el0"}]},
  {"name":"hwcap-needs-visible-field","since":"4.4","value":false,"changes":[{"since":"6.1","value":true}],"backports":[{"series":"5.4","since":"5.4.286","notIn":"5.4.18","as":"6.1"},{"series":"5.15","since":"5.15.167","notIn":"5.15.158","as":"6.1"}]},
  {"name":"mrs-emulation-from-crm","since":"4.11","value":4,"changes":[{"since":"6.1","value":2}],"backports":[{"series":"5.4","since":"5.4.286","notIn":"5.4.18","as":"6.1"},{"series":"5.15","since":"5.15.167","notIn":"5.15.158","as":"6.1"}]},
  {"name":"ctr-effective-idc","since":"4.4","value":false,"changes":[{"since":"4.20","value":true}],"backports":[{"series":"rhel8","since":"4.18.0-240","as":"4.20"}]},
  {"name":"ctr-trapped","since":"4.4","value":false,"changes":[{"since":"4.9","value":true}]},
  {"name":"compat-needs-32bit-el0","since":"4.4","value":false,"changes":[{"since":"4.7","value":true}]},
  {"name":"cpuid-hwcap","since":"4.4","value":false,"changes":[{"since":"4.11","value":true}]},
  {"name":"overrides","since":"4.4","value":false,"changes":[{"since":"5.12","value":true}]},
  {"name":"impossible-override-message","since":"4.4","value":false,"changes":[{"since":"5.14","notIn":"5.12","value":true}]},
  {"name":"mismatched-32bit-el0","since":"4.4","value":false,"changes":[{"since":"5.14","notIn":"5.12","value":true}]},
  {"name":"capability-order","since":"4.4","value":"per-table call","changes":[{"since":"4.17","value":"features-then-errata"},{"since":"4.18","value":"errata-then-features"},{"since":"5.0","value":"index"}],"backports":[{"series":"4.14","since":"4.14.177","notIn":"4.14.74","as":"4.18"},{"series":"rhel8","since":"4.18.0-240","as":"5.0"}]},
  {"name":"detected-message","since":"4.4","value":"detected-feature-enabling-workaround","changes":[{"since":"4.17","value":"detected-enabling-workaround"},{"since":"5.0","value":"detected"}],"backports":[{"series":"4.14","since":"4.14.177","notIn":"4.14.74","as":"4.17"},{"series":"rhel8","since":"4.18.0-240","as":"5.0"}]},
  {"name":"signed-comparison","since":"4.4","value":true,"changes":[{"since":"4.6","value":false}]},
  {"name":"relaxed-aarch32-el1","since":"5.8","value":true},
  {"name":"mmfr4-not-updated","since":"6.9","value":true,"until":"7.2","untilNotIn":"6.12"},
  {"name":"evtstrm-parameter","since":"4.9","notIn":"4.4","value":true},
  {"name":"override-value","since":"5.12","value":"number","changes":[{"since":"6.8","value":"hex-digit"}]},
  {"name":"mpamidr","since":"6.13","value":"raw","changes":[{"since":"6.18","notIn":"6.14","value":"sanitised"},{"since":"7.2","value":"sanitised-or-frac"}]},
  {"name":"gmid","since":"5.10","value":"raw","changes":[{"since":"7.2","value":"overridden"}]},
  {"name":"strict-boot-panics","since":"5.7","value":true},
  {"name":"vector-length-registers","since":"4.15","value":"raw","changes":[{"since":"6.0","notIn":"5.10","value":"sanitised"}]},
  {"name":"spectre-bhb","since":"5.17","value":"listed","changes":[{"since":"6.15","value":"unless-safe"}],"backports":[{"series":"5.10","since":"5.10.223","notIn":"5.10.7","as":"5.17"},{"series":"6.1","since":"6.1.192","notIn":"6.1.20","as":"6.15"},{"series":"6.12","since":"6.12.107","notIn":"6.12.0","as":"6.15"}]},
];
