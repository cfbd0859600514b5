import { archFeaturesToldBy } from '../answers/arch-feature-hwcaps.ts';
import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import { coreAlone } from './core-alone.ts';
import { implementerCode } from './core-midr.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Capture, Reader } from './reader.ts';

/** A label of node-feature-discovery, as kubectl describes, lists or dumps it, or as its worker logs it. */
const LABELS = /\b(cpu-cpuid\.[A-Z][A-Z0-9]{0,20}|cpu-model\.(?:id|vendor_id)|kernel-version\.full)"?(?:=| = |: ?)"?([\w.+~-]{1,80})/g;

/** A row of `kubectl get nodes -o wide`: the kernel stands before the container runtime. */
const NODE = /^\s*\S{1,80}\s+(?:Not)?Ready\S{0,40}\s.{0,300}\s(\d{1,3}\.\d{1,3}\.[\w.+~-]{1,80})\s+(?:containerd|docker|cri-o):\/\//;

/** How many CPUs a node has. */
const CPUS = /^\s+cpu:\s+([1-9]\d{0,3})\s*$/;

/** Names that every arm64 kernel sets; without one of them the labels are of another architecture. */
const ARM = ['fp', 'asimd'];

/** Whether a line is a label or a row of Kubernetes that tells of a node's CPU or kernel. */
export function isNodeRow(text: string): boolean {
  return text.search(LABELS) >= 0 || NODE.test(text);
}

/** Part and revision as the labels have them: the lower half of MIDR_EL1's lower half, in decimal. */
function coreOf(id: string | undefined, vendor: string | undefined): Capture {
  const implementer = vendor === undefined ? undefined : implementerCode(vendor);
  if (implementer === undefined || id === undefined || !/^\d{1,5}$/.test(id) || Number(id) > 0xffff) return {};
  return coreAlone({ implementer, architecture: 8, part: Number(id) >> 4, revision: Number(id) & 0xf });
}

function captureOf(labels: ReadonlyMap<string, string>, kernel: string | undefined): Capture {
  const names = [...labels].flatMap(([key, value]) => (value === 'true' ? (/^cpu-cpuid\.(.*)$/.exec(key)?.[1]?.toLowerCase() ?? []) : []));
  const isArm = ARM.some((name) => names.includes(name));
  const release = labels.get('kernel-version.full') ?? kernel;
  const core = isArm ? coreOf(labels.get('cpu-model.id'), labels.get('cpu-model.vendor_id')) : {};
  // Labels come of AT_HWCAP alone, and a list may leave some out: one that is not there says nothing.
  const present: readonly ArchFeatureName[] = isArm ? [...new Set(names.flatMap(archFeaturesToldBy))] : [];
  return {
    ...given({ kernel: release === undefined ? undefined : { release } }),
    ...core,
    ...(present.length === 0 ? {} : { archFeatures: { present, absent: [] } }),
  };
}

/** What Kubernetes tells of a node: its labels, or its row in a table. Of several nodes the first one counts. */
export const kubernetesReader: Reader = {
  name: 'kubernetes',
  title: "a node's labels or row of Kubernetes",
  recognise(head) {
    return head.split('\n', 2_000).some((line) => isNodeRow(line.slice(0, 400))) ? 0.6 : 0;
  },
  read(text) {
    const account = new LineAccount();
    const labels = new Map<string, string>();
    let kernel: string | undefined;
    let cpuCount: number | undefined;
    /** Whether rows of what the node has follow; those of what pods may take come behind. */
    let isCapacity = false;
    for (const { text: one } of textLines(text)) {
      const line = one.slice(0, 4000);
      if (line.trim() === '') continue;
      const told = [...line.matchAll(LABELS)];
      const row = NODE.exec(line)?.[1];
      const count = isCapacity ? CPUS.exec(line)?.[1] : undefined;
      if (/^\S/.test(line)) isCapacity = /^Capacity:\s*$/.test(line);
      if (count !== undefined) cpuCount ??= Number(count);
      for (const [, key, value] of told) if (!labels.has(key!)) labels.set(key!, value!);
      kernel ??= row;
      if (told.length > 0 || row !== undefined || count !== undefined) account.read();
      else account.passed();
    }
    return { value: { ...captureOf(labels, kernel), ...given({ cpuCount }) }, diagnostics: account.diagnostics, lines: account.lines };
  },
};
