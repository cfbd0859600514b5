import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Sign } from '../catalogue/sign.tsx';
import { linkTo } from '../route.ts';
import { archFeatureEffects, type FieldEffect, type FieldEffects } from './field-effects.ts';
import { FieldValueInput } from './field-value-input.tsx';
import type { ShownField } from './shown-register.ts';

/** What happens when a field is opened: its value takes the focus, it is brought into sight, or nothing. */
export type FieldArrival = 'focus' | 'sight' | 'none';

interface Props {
  readonly shown: ShownField;
  readonly effects: FieldEffects | undefined;
  readonly arrival: FieldArrival;
  edit(path: string, value: bigint): void;
  whyLink(name: string): string;
  readonly closeLink: string;
}

function EffectList({
  title,
  names,
  value,
  href,
}: {
  readonly title: string;
  readonly names: readonly FieldEffect[];
  /** Absent: not known. */
  readonly value: bigint | undefined;
  href(name: string): string;
}): VNode | null {
  if (names.length === 0) return null;
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {names.map(({ name, atLeast }) => (
          <span key={name} class="effect">
            <a href={href(name)}>
              <code>{name}</code>
            </a>{' '}
            <span class={value !== undefined && value >= BigInt(atLeast) ? 'good' : 'soft'}>
              <Sign character={value === undefined ? '?' : value >= BigInt(atLeast) ? '✓' : '·'} /> from {atLeast}
            </span>
          </span>
        ))}
      </dd>
    </>
  );
}

/** What a field means, its values as a menu, and what depends on it. */
export function FieldEditor({ shown, effects, arrival, edit, whyLink, closeLink }: Props): VNode {
  const { field, path, value, meaning, was, guest, isOpen } = shown;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (arrival === 'focus') place.current?.querySelector<HTMLElement>('select, input')?.focus();
    else if (arrival === 'sight') place.current?.scrollIntoView({ block: 'center' });
  }, [path, arrival]);
  const known = isOpen ? undefined : value;
  const archFeatures = archFeatureEffects(field).map(({ name, value: from }) => ({ name, atLeast: from }));
  return (
    <div class="field-editor" ref={place}>
      <h4>
        <code>{path}</code>{' '}
        <span class="soft">
          {field.msb === field.lsb ? `bit ${field.msb}` : `bits ${field.msb}:${field.lsb}`}
          {field.sign === 'signed' ? ', signed' : ''}
        </span>
      </h4>
      <p>{field.description}</p>
      <p class="row">
        <FieldValueInput shown={shown} edit={edit} />
        {was !== undefined && (
          <button type="button" onClick={() => edit(path, was)}>
            Back to {String(was)}
          </button>
        )}
      </p>
      <p class="small">
        {isOpen ? 'Not known' : `Now ${value}: ${meaning}`}
        {was !== undefined && <span class="changed"> · changed, was {String(was)}</span>}
        {guest !== undefined && <span class="changed"> · the hypervisor gives {String(guest)}</span>}
      </p>
      <dl class="effects">
        <EffectList title="FEAT_*" names={archFeatures} value={known} href={(name) => linkTo('feat', name)} />
        <EffectList title="hwcaps" names={effects?.hwcaps.get(path) ?? []} value={known} href={whyLink} />
        <EffectList title="AArch32" names={effects?.compat.get(path) ?? []} value={known} href={(name) => linkTo('compat', name)} />
        <EffectList title="cpucaps" names={effects?.cpucaps.get(path) ?? []} value={known} href={whyLink} />
      </dl>
      <p class="small no-print row">
        <a href={whyLink(path)}>The way of this field</a>
        <a href={closeLink}>Close</a>
      </p>
    </div>
  );
}
