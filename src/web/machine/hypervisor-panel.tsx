import type { VNode } from 'preact';
import { formatHex } from '../../bits/hex.ts';
import type { GuestEffect } from '../../hypervisor/guest-layer.ts';
import { Sign } from '../catalogue/sign.tsx';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';

interface Props {
  readonly query: ScenarioQuery;
  /** What the layers changed. */
  readonly effects: readonly GuestEffect[];
  set(query: ScenarioQuery): void;
}

function without(query: ScenarioQuery, key: 'mask' | 'template', text: string): ScenarioQuery {
  const { [key]: _, ...others } = query;
  return text.trim() === '' ? others : { ...others, [key]: text };
}

function Effects({ effects }: { readonly effects: readonly GuestEffect[] }): VNode | null {
  if (effects.length === 0) return null;
  return (
    <ul class="small">
      {effects.map(({ layer, register, before, after }) => (
        <li key={`${layer} ${register} ${before}`}>
          {layer}: <code>{register}</code> <code>{before === undefined ? 'unknown' : formatHex(before)}</code>{' '}
          <Sign character="→" label="to" /> <code>{formatHex(after)}</code>
        </li>
      ))}
    </ul>
  );
}

/** What a hypervisor does between silicon and kernel: a mask, a CPU template, single fields. */
export function HypervisorPanel({ query, effects, set }: Props): VNode {
  return (
    <>
      <label class="wide">
        Fields as a guest sees them
        <input
          key={query.settings.join(' ')}
          class="mono"
          defaultValue={query.settings.join(' ')}
          placeholder="such as ID_AA64PFR0_EL1.SVE=0"
          spellcheck={false}
          autocomplete="off"
          onChange={({ currentTarget }) => set({ ...query, settings: currentTarget.value.split(/\s+/).filter(Boolean) })}
        />
      </label>
      <details open={query.mask !== undefined || query.template !== undefined}>
        <summary class="small">A mask or a CPU template</summary>
        <label class="wide">
          Mask, a line for each range of bits
          <textarea
            key={query.mask}
            rows={3}
            defaultValue={query.mask ?? ''}
            placeholder="ID_AA64ISAR1_EL1[23:20] = 0"
            spellcheck={false}
            onChange={({ currentTarget }) => set(without(query, 'mask', currentTarget.value))}
          />
        </label>
        <label class="wide">
          CPU template of Firecracker (JSON)
          <textarea
            key={query.template}
            rows={3}
            defaultValue={query.template ?? ''}
            placeholder='{"reg_modifiers": [{"addr": "0x603000000013c030", "bitmap": "0b…"}]}'
            spellcheck={false}
            onChange={({ currentTarget }) => set(without(query, 'template', currentTarget.value))}
          />
        </label>
      </details>
      <Effects effects={effects} />
    </>
  );
}
