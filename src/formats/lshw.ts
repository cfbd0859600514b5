import { evidenceOf, type HardwareNode } from '../answers/guest/listings.ts';
import { namesOfLines } from '../answers/infer/line.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import type { Capture } from './reader.ts';
import { listingLines } from './text-lines.ts';

/** The most nodes and the deepest nesting that are kept; real trees are far smaller. */
const MAX_NODES = 5_000;
const MAX_DEPTH = 24;

interface Draft extends Omit<HardwareNode, 'fields' | 'logicalNames'> {
  readonly logicalNames: string[];
  readonly fields: Map<string, string>;
  readonly indent: number;
}

/** `  *-virtio0 UNCLAIMED`: its stars and dashes tell how deep it lies. */
const NODE = /^( *)\*-([\w:.+-]{1,64})((?: [A-Z]+)*)\s*$/;
const FIELD = /^\s*([a-z][a-z ]{1,30}): (.*)$/;

/** Reads the tree of lshw as text. Serial numbers and the like are kept as they stand; nodes beyond the bounds are left out. */
export function parseLshw(text: string, file: string): Parsed<readonly HardwareNode[]> {
  const { lines, diagnostics } = listingLines(text);
  const found: Diagnostic[] = [...diagnostics];
  const nodes: Draft[] = [];
  let open: Draft[] = [];
  for (const { number, text: line } of lines) {
    const [, indent, id, flags = ''] = NODE.exec(line) ?? [];
    if (indent !== undefined && id !== undefined) {
      if (nodes.length === MAX_NODES) {
        found.push({
          code: 'too-long',
          severity: 'warning',
          where: `line ${number}`,
          message: `only the first ${MAX_NODES} nodes are read`,
        });
        break;
      }
      open = open.filter((outer) => outer.indent < indent.length).slice(-MAX_DEPTH);
      const at = evidenceOf(file, number, line);
      const node = {
        id,
        depth: open.length,
        flags: flags.split(' ').filter(Boolean),
        fields: new Map(),
        logicalNames: [],
        within: [...open],
        at,
        indent: indent.length,
      };
      nodes.push(node);
      open.push(node);
      continue;
    }
    const [, name, value] = FIELD.exec(line) ?? [];
    const node = open.at(-1);
    if (node === undefined || name === undefined || value === undefined) continue;
    if (name === 'logical name') node.logicalNames.push(value.trim());
    const before = node.fields.get(name);
    // Of several logical names the first that is a device is the telling one.
    if (before === undefined || (name === 'logical name' && !before.startsWith('/dev/') && value.startsWith('/dev/')))
      node.fields.set(name, value.trim());
  }
  return { value: nodes, diagnostics: found };
}

/** The fewest names of hwcaps that make capabilities of a node those of a CPU. */
const FEW = 3;

/** What the nodes of CPUs say: their names of hwcaps, beside which lshw puts its own, and how many CPUs there are. */
export function cpusOfLshw(nodes: readonly HardwareNode[]): Capture {
  const known = namesOfLines();
  const cpus = nodes.filter(({ id }) => /^cpu(?::\d{1,4})?$/.test(id));
  const lines = cpus.map(({ fields }) => (fields.get('capabilities') ?? '').split(/\s+/).filter((name) => known.has(name)));
  const names = lines.find((line) => line.length >= FEW);
  return names === undefined ? {} : { hwcaps: { names }, cpuCount: cpus.length };
}
