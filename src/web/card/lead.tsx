import type { ComponentChildren, VNode } from 'preact';
import { archFeaturesOfHwcap } from '../../answers/hwcap-facts.ts';
import { hwcapNames } from '../../runtime/hwcap-names.ts';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { CTest } from '../name/c-test.tsx';

/** How many instructions are named before the rest is folded. */
const MOST = 12;

/** The instructions that something brings, the first of them in sight. */
export function Instructions({ names }: { readonly names: readonly string[] }): VNode | null {
  if (names.length === 0) return null;
  return (
    <div class="small instructions">
      <span class="soft">Instructions</span> <ReferenceLinks kind="insn" names={names.slice(0, MOST)} />
      {names.length > MOST && (
        <details>
          <summary>and {names.length - MOST} more</summary>
          <ReferenceLinks kind="insn" names={names.slice(MOST)} />
        </details>
      )}
    </div>
  );
}

type Call = readonly [where: string, code: string];

/** How each language asks for a hwcap. */
function callsOf(hwcap: string): readonly Call[] {
  const names = hwcapNames(hwcap);
  const archFeatures = archFeaturesOfHwcap(hwcap);
  const marches = [...new Set(archFeatures.flatMap(({ gcc = [], llvm }) => [...gcc, ...(llvm?.march === undefined ? [] : [llvm.march])]))];
  return [
    ...(names?.goXSysCpu === undefined ? [] : [['Go', `cpu.${names.goXSysCpu}`] as const]),
    ...(names?.rust ?? []).slice(0, 1).map((name) => ['Rust', `is_aarch64_feature_detected!("${name}")`] as const),
    ...marches.slice(0, 1).map((name) => ['GCC, Clang', `-march=…+${name}`] as const),
    ...archFeatures.slice(0, 1).flatMap(({ llvm }) => (llvm === undefined ? [] : [['LLVM', `+${llvm.targetFeature}`] as const])),
  ];
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
          {hwcaps.map((hwcap) => (
            <section key={hwcap} aria-label={`How programs test for ${hwcap}`}>
              {hwcaps.length > 1 && (
                <p class="small">
                  <ReferenceLink kind="hwcap" name={hwcap} />
                </p>
              )}
              <CTest name={hwcap} />
              <dl class="calls">
                {callsOf(hwcap).map(([where, code]) => (
                  <div key={where}>
                    <dt>{where}</dt>
                    <dd>
                      <code>{code}</code>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
