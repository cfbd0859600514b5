import type { ComponentChildren, VNode } from 'preact';
import { archFeaturesOfHwcap } from '../../answers/hwcap-arch-features.ts';
import { hwcapTest } from '../../runtime/hwcap-test.ts';
import { ReferenceLinks } from '../catalogue/reference-link.tsx';
import { CTest } from '../name/c-test.tsx';

/** How many instructions are named before the rest is folded. */
const MOST = 12;

interface InstructionsProps {
  readonly names: readonly string[];
  /** What they are to what the page is about. */
  readonly title?: string;
}

/** The instructions that something brings, the first of them in sight. */
export function Instructions({ names, title = 'Instructions' }: InstructionsProps): VNode | null {
  if (names.length === 0) return null;
  return (
    <div class="small instructions">
      <span class="soft">{title}</span> <ReferenceLinks kind="insn" names={names.slice(0, MOST)} />
      {names.length > MOST && (
        <details>
          <summary>and {names.length - MOST} more</summary>
          <ReferenceLinks kind="insn" names={names.slice(MOST)} />
        </details>
      )}
    </div>
  );
}

type Call = readonly [where: string, names: readonly string[]];

/** How each language asks for some hwcaps; of several names for one the first. */
function callsOf(hwcaps: readonly string[]): readonly Call[] {
  const names = hwcaps.map(hwcapTest);
  const archFeatures = hwcaps.map(archFeaturesOfHwcap);
  const calls: readonly (readonly [where: string, names: readonly (string | undefined)[]])[] = [
    ['Go', names.map((own) => own?.goXSysCpu && `cpu.${own.goXSysCpu}`)],
    ['Rust', names.map((own) => own?.rust && `is_aarch64_feature_detected!("${own.rust[0]}")`)],
    [
      'GCC, Clang',
      archFeatures
        .map((own) => own.flatMap(({ gcc = [], llvm }) => [...gcc, llvm?.march ?? []].flat())[0])
        .map((own) => own && `-march=…+${own}`),
    ],
    ['LLVM', archFeatures.map(([own]) => own?.llvm && `+${own.llvm.targetFeature}`)],
  ];
  return calls.map(([where, all]) => [where, [...new Set(all.flatMap((name) => name ?? []))]] as const).filter(([, all]) => all.length > 0);
}

interface LeadProps {
  /** The hwcaps that programs test; absent or empty: none tells of it. */
  readonly hwcaps?: readonly string[];
  /** What it is. */
  readonly children: ComponentChildren;
}

/** The first picture of a name: what it is, and beside it how a program asks for it. */
export function Lead({ hwcaps = [], children }: LeadProps): VNode {
  return (
    <div class="lead-pair">
      <div>{children}</div>
      {hwcaps.length > 0 && (
        <div>
          <CTest names={hwcaps} />
          <dl class="calls">
            {callsOf(hwcaps).map(([where, names]) => (
              <div key={where}>
                <dt>{where}</dt>
                {names.map((name) => (
                  <dd key={name}>
                    <code>{name}</code>
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  );
}
