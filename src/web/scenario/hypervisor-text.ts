import type { ScenarioQuery } from './scenario-query.ts';

/** What an address says that a hypervisor does. */
export type HypervisorQuery = Pick<ScenarioQuery, 'settings' | 'mask' | 'template'>;

/** A line that sets one field: `ID_AA64PFR0_EL1.SVE = 0`. */
const SETTING = /^\s*([A-Za-z]\w*\.\w+)\s*=\s*(\S+)\s*$/;

/** What only a template of Firecracker has. */
const OF_TEMPLATE = /"(?:reg_modifiers|kvm_capabilities|vcpu_features)"/;

/**
 * Reads what a hypervisor does, in any of its forms: fields (`ID_AA64PFR0_EL1.SVE=0`, a line each or several in one), a mask (lines with
 * bits, or JSON), a CPU template of Firecracker, or lines and below them JSON. Whether what it names exists is told by whoever applies it.
 */
export function readHypervisorText(text: string): HypervisorQuery {
  const at = text.search(/^[ \t]*[{[]/m);
  const [plain, json] = at === -1 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at).trim()];
  // Fields that stand in one line, as the option --set takes them.
  const lines = plain.split(/\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/);
    return words.every((word) => /.=./.test(word)) ? words : [line];
  });
  const settings = lines.filter((line) => line.trim() !== '').map((line) => SETTING.exec(line));
  const isMask = settings.some((one) => one === null);
  const isTemplate = OF_TEMPLATE.test(json);
  const mask = [isMask ? plain : '', isTemplate ? '' : json].filter(Boolean).join('\n');
  return {
    settings: isMask ? [] : settings.map((one) => `${one![1]}=${one![2]}`),
    ...(mask === '' ? {} : { mask }),
    ...(isTemplate ? { template: json } : {}),
  };
}

/** Writes it as {@link readHypervisorText} reads it. */
export function formatHypervisorText({ settings, mask = '', template = '' }: HypervisorQuery): string {
  return [settings.join('\n'), mask.trim(), template.trim()].filter(Boolean).join('\n');
}
