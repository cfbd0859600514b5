import { CATALOGUES } from '../catalogue/catalogue.ts';
import { COMMANDS, loadAllCommands } from '../commands.ts';
import type { CompletionModel } from './model.ts';

async function entriesOf(): Promise<CompletionModel['entries']> {
  const entries = new Map<string, readonly string[]>();
  for (const [plural, load] of Object.entries(CATALOGUES)) {
    const names = (await load()).items.map(({ name }) => name);
    entries.set(plural, names).set(plural.slice(0, -1), names);
  }
  return entries;
}

/** Gathers what the scripts complete. */
export async function completionModel(shells: readonly string[]): Promise<CompletionModel> {
  const [{ KNOWN_TREES }, { CONFIG_NAMES }, { REGISTER_NAMES }, { CPUCAP_NAMES }, { FORMAT_NAMES }, { KNOWN_CAPTURES }, { ALL_LEVELS }] =
    await Promise.all([
      import('../../linux/release/known-trees.ts'),
      import('../../linux/release/config.ts'),
      import('../../formats/register-name.ts'),
      import('../../linux/release/history.ts'),
      import('../../formats/readers.ts'),
      import('../../formats/known-capture.ts'),
      import('../../arch/level.ts'),
    ]);
  const entries = await entriesOf();
  const named = (catalogue: string): readonly string[] => entries.get(catalogue) ?? [];
  return {
    commands: await loadAllCommands(),
    entries,
    words: {
      machine: named('machines'),
      kernel: KNOWN_TREES.map(({ release }) => release),
      config: CONFIG_NAMES,
      format: FORMAT_NAMES,
      register: REGISTER_NAMES,
      question: [...named('hwcaps'), ...named('features'), ...CPUCAP_NAMES, ...named('fields')],
      level: ALL_LEVELS.map(({ name }) => name.replace(/^Arm(.*)-A$/, '$1')),
      catalogue: [...entries.keys()],
      capture: KNOWN_CAPTURES,
      shell: shells,
      command: Object.keys(COMMANDS),
    },
  };
}
