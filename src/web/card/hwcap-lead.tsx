import type { VNode } from 'preact';
import type { HwcapCard } from '../../answers/hwcap-card.ts';
import { instructionsOf } from '../../arch/mnemonic.ts';
import { hwcapLetters } from '../../linux/release/hwcap-letters.ts';
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

/** What a hwcap is, in a sentence. */
function Sentence({ card: { entry, archFeatures } }: { readonly card: HwcapCard }): VNode {
  const letters = hwcapLetters(entry.name);
  const levels = [...new Set(archFeatures.map(({ introduced }) => introduced.level))];
  return (
    <p class="lead">
      {letters !== undefined && <>Short for “{letters}”: </>}
      {archFeatures.length === 0 && entry.when === undefined && entry.reason}
      {archFeatures.map(({ name, description }, index) => (
        <span key={name}>
          {index > 0 && '; '}
          {description} (<ReferenceLink kind="feat" name={name} />)
        </span>
      ))}
      {levels.length > 0 && (
        <>
          , from <ReferenceLinks kind="level" names={levels} />
        </>
      )}
      . In Linux since <ReferenceLink kind="release" name={entry.since} />.
    </p>
  );
}

type Call = readonly [where: string, code: string];

/** How each language asks for it. */
function callsOf({ names, archFeatures }: HwcapCard): readonly Call[] {
  const marches = [...new Set(archFeatures.flatMap(({ gcc = [], llvm }) => [...gcc, ...(llvm?.march === undefined ? [] : [llvm.march])]))];
  return [
    ...(names?.goXSysCpu === undefined ? [] : [['Go', `cpu.${names.goXSysCpu}`] as const]),
    ...(names?.rust ?? []).slice(0, 1).map((name) => ['Rust', `is_aarch64_feature_detected!("${name}")`] as const),
    ...marches.slice(0, 1).map((name) => ['GCC, Clang', `-march=…+${name}`] as const),
    ...archFeatures.slice(0, 1).flatMap(({ llvm }) => (llvm === undefined ? [] : [['LLVM', `+${llvm.targetFeature}`] as const])),
  ];
}

/** The first picture of a hwcap: what it is, and how a program asks for it. */
export function HwcapLead({ card }: { readonly card: HwcapCard }): VNode {
  return (
    <div class="lead-pair">
      <div>
        <Sentence card={card} />
        <Instructions names={[...new Set(card.archFeatures.flatMap(({ name }) => instructionsOf(name)))]} />
      </div>
      <div>
        <CTest name={card.entry.name} />
        <dl class="calls">
          {callsOf(card).map(([where, code]) => (
            <div key={where}>
              <dt>{where}</dt>
              <dd>
                <code>{code}</code>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
