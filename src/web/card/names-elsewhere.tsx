import type { ComponentChildren, VNode } from 'preact';
import type { ArchFeature } from '../../arch/arch-feature.ts';
import { type HwcapNamesRow, WINDOWS_FEATURES } from '../../runtime/hwcap-names.ts';

type NameRow = readonly [where: string, names: readonly string[]];

function windowsNames(names: readonly string[] = []): readonly string[] {
  return names.map((name) => {
    const number = WINDOWS_FEATURES.find((row) => row.name === name)?.number;
    return number === undefined ? name : `${name} (${number})`;
  });
}

function rowsOfHwcap(row: HwcapNamesRow | undefined): readonly NameRow[] {
  if (row === undefined) return [];
  const one = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name]);
  return [
    ['Go, golang.org/x/sys/cpu', one(row.goXSysCpu)],
    ['Go, internal/cpu', one(row.goInternalCpu)],
    ['Rust, is_aarch64_feature_detected!', row.rust ?? []],
    ['Google cpu_features', one(row.cpuFeatures)],
    ['LLVM, host detection', one(row.llvmHost)],
    ['GCC, -march=native', row.gcc ?? []],
    ['macOS, sysctl', row.macos ?? []],
    ['FreeBSD', one(row.freebsd)],
    ['Windows, IsProcessorFeaturePresent', windowsNames(row.windows)],
  ];
}

function rowsOfArchFeature({ llvm, gcc }: ArchFeature): readonly NameRow[] {
  return [
    ['LLVM, target feature', llvm === undefined ? [] : [llvm.targetFeature]],
    ['LLVM, -march=…', llvm?.march === undefined ? [] : [`+${llvm.march}`]],
    ['GCC, -march=…', (gcc ?? []).map((name) => `+${name}`)],
  ];
}

/** Joins rows of the same place; each name once. */
function merged(rows: readonly NameRow[]): readonly NameRow[] {
  const places = new Map<string, Set<string>>();
  for (const [where, names] of rows) {
    for (const name of names) places.set(where, (places.get(where) ?? new Set()).add(name));
  }
  return [...places].map(([where, names]) => [where, [...names]]);
}

interface Props {
  readonly hwcaps: readonly (HwcapNamesRow | undefined)[];
  readonly archFeatures: readonly ArchFeature[];
  readonly otherwise: ComponentChildren;
}

/** What other systems, compilers and libraries call the same thing. */
export function NamesElsewhere({ hwcaps, archFeatures, otherwise }: Props): VNode {
  const rows = merged([...archFeatures.flatMap(rowsOfArchFeature), ...hwcaps.flatMap(rowsOfHwcap)]);
  if (rows.length === 0) return <p>{otherwise}</p>;
  return (
    <table class="names-elsewhere">
      <caption class="unseen">Names elsewhere</caption>
      <thead>
        <tr>
          <th scope="col">Where</th>
          <th scope="col">Name</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([where, names]) => (
          <tr key={where}>
            <th scope="row">{where}</th>
            <td class="mono">{names.join(' ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
