import type { Command } from './command.ts';

/** Fetches the commands by name. Each lies in a module of its own, so that one command loads nothing of the others. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  derive: async () => (await import('./derive.ts')).derive,
  decode: async () => (await import('./decode.ts')).decode,
  boot: async () => (await import('./boot.ts')).boot,
  mrs: async () => (await import('./mrs.ts')).mrs,
  why: async () => (await import('./why.ts')).why,
  diff: async () => (await import('./diff.ts')).diff,
  log: async () => (await import('./log.ts')).log,
  infer: async () => (await import('./infer.ts')).infer,
  level: async () => (await import('./level.ts')).level,
  baseline: async () => (await import('./baseline.ts')).baseline,
  runtime: async () => (await import('./runtime.ts')).runtime,
  runs: async () => (await import('./runs.ts')).runs,
  kvm: async () => (await import('./kvm.ts')).kvm,
  migrate: async () => (await import('./migrate.ts')).migrate,
  guest: async () => (await import('./guest.ts')).guest,
  detect: async () => (await import('./detect.ts')).detect,
  probe: async () => (await import('./probe.ts')).probe,
  record: async () => (await import('./record.ts')).record,
  audit: async () => (await import('./audit.ts')).audit,
  list: async () => (await import('./list.ts')).list,
  serve: async () => (await import('./serve.ts')).serve,
  seed: async () => (await import('./seed.ts')).seed,
  man: async () => (await import('./man.ts')).man,
  completion: async () => (await import('./completion.ts')).completion,
};

/** Fetches every command, in the order of the help. */
export function loadAllCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(COMMANDS).map((load) => load()));
}
