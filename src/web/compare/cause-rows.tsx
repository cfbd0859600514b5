import type { VNode } from 'preact';
import type { ComparedCause, ComparedEffect, EffectKind } from '../../answers/comparison.ts';
import { archFeaturesOfHwcap } from '../../answers/hwcap-arch-features.ts';
import { findArchFeatureRule } from '../../arch/arch-feature-rule.ts';
import { findProgramArchFeature } from '../../arch/program-arch-feature.ts';
import { formatComparedValue } from '../../formats/difference-words.ts';
import { Mark } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { later } from '../later.ts';

const KINDS: Readonly<Record<EffectKind, string>> = { hwcaps: 'hwcap', compat: 'AArch32', archFeatures: 'FEAT', cpucaps: 'cpucap' };

function CauseName({ cause }: Pick<ComparedCause, 'cause'>): VNode {
  switch (cause.kind) {
    case 'field':
      return <ReferenceLink kind="field" name={cause.path} />;
    case 'option':
      return <code>{cause.option}</code>;
    case 'cores':
      return <>Cores</>;
    case 'cmdline':
      return <>Command line</>;
    case 'release':
      return <>Kernel</>;
    case 'environment':
      return <>Surroundings</>;
    case 'together':
      return <>Several of these together</>;
  }
}

function EffectName({ effect: { kind, name } }: { readonly effect: ComparedEffect }): VNode {
  if (kind === 'compat') return <code>{name}</code>;
  return <ReferenceLink kind={kind === 'hwcaps' ? 'hwcap' : kind === 'cpucaps' ? 'cpucap' : 'feat'} name={name} />;
}

/** What architecture features are that programs do not meet: few stand where the reader looks first. */
const UNMET = later(async () => (await import('../../arch/unmet-arch-feature.ts')).findUnmetArchFeature);

/** What it is; of an architecture feature nothing where its hwcap stands above and says it. */
function aboutOf({ kind, name }: ComparedEffect, hwcaps: ReadonlySet<string>): string {
  if (kind === 'archFeatures') {
    const { linuxHwcaps = [] } = findArchFeatureRule(name) ?? {};
    if (linuxHwcaps.some((hwcap) => hwcaps.has(hwcap))) return '';
    return (findProgramArchFeature(name) ?? UNMET.now()?.(name))?.description ?? '';
  }
  const [only, ...more] = kind === 'hwcaps' ? archFeaturesOfHwcap(name) : [];
  return only === undefined || more.length > 0 ? '' : only.description;
}

const WORDS = { yes: 'has it', no: 'has it not', unknown: 'not known' } as const;

/** Something that not all subjects have, or of which it is not known. */
export function EffectRow({ effect, hwcaps }: { readonly effect: ComparedEffect; readonly hwcaps: ReadonlySet<string> }): VNode {
  UNMET.use();
  return (
    <tr class="compared-effect">
      <th scope="row">
        <span class="kind">{KINDS[effect.kind]}</span> <EffectName effect={effect} />{' '}
        <span class="compared-about">{aboutOf(effect, hwcaps)}</span>
      </th>
      {effect.has.map((has, index) => {
        const kind = has === undefined ? 'unknown' : has ? 'yes' : 'no';
        return (
          <td key={index}>
            <Mark kind={kind} label={WORDS[kind]} />
          </td>
        );
      })}
    </tr>
  );
}

/** The hwcaps among some effects. */
export function hwcapsAmong(effects: readonly ComparedEffect[]): ReadonlySet<string> {
  return new Set(effects.filter(({ kind }) => kind === 'hwcaps').map(({ name }) => name));
}

/** A cause with what each subject has of it, and below it what comes of it. */
export function CauseRows({ cause: { cause, values, effects } }: { readonly cause: ComparedCause }): VNode {
  const hwcaps = hwcapsAmong(effects);
  return (
    <tbody>
      <tr class="compared-cause">
        <th scope="row">
          <CauseName cause={cause} />
        </th>
        {values.map((value, index) => (
          <td key={index} class="mono">
            {formatComparedValue(value)}
          </td>
        ))}
      </tr>
      {effects.map((effect) => (
        <EffectRow key={`${effect.kind} ${effect.name}`} effect={effect} hwcaps={hwcaps} />
      ))}
    </tbody>
  );
}
