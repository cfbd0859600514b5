import type { VNode } from 'preact';
import { formatHex } from '../../bits/hex.ts';
import type { GuestEffect } from '../../hypervisor/guest-layer.ts';
import { Sign } from '../catalogue/sign.tsx';
import { KvmChoice } from '../kvm/kvm-choice.tsx';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { whenLayers } from '../scenario/between-code.ts';
import { formatHypervisorText, readHypervisorText } from '../scenario/hypervisor-text.ts';
import type { KvmQuery, ScenarioQuery } from '../scenario/scenario-query.ts';
import { onPage } from '../sentence.ts';

interface Props {
  readonly query: ScenarioQuery;
  readonly base: BaseMachine;
  /** The release of the kernel that is booted. */
  readonly release: string;
  /** What the layers changed. */
  readonly effects: readonly GuestEffect[];
  set(query: ScenarioQuery): void;
}

/** Whether an effect changes what is known to be there: of what was not known, that it reads as zero is no news. */
export function isChange({ before, beforeInPart, after }: GuestEffect): boolean {
  return (before ?? beforeInPart?.value ?? 0n) !== after;
}

/** What the layers made of a register on some CPUs, one after the other, told once. */
function together(effects: readonly GuestEffect[]): readonly GuestEffect[] {
  const made = new Map<string, GuestEffect>();
  for (const effect of effects) {
    const key = `${effect.register} ${effect.cpus.join()}`;
    const first = made.get(key);
    const layers = new Set([...(first?.layer.split(', ') ?? []), onPage(effect.layer)]);
    made.set(key, { ...(first ?? effect), layer: [...layers].join(', '), after: effect.after });
  }
  return [...made.values()];
}

function Effects({ effects }: { readonly effects: readonly GuestEffect[] }): VNode | null {
  if (effects.length === 0) return null;
  return (
    <ul class="small">
      {together(effects).map(({ layer, register, cpus, before, after }) => (
        <li key={`${register} ${cpus.join()}`}>
          <code>{register}</code> <code>{before === undefined ? 'unknown' : formatHex(before)}</code> <Sign character="→" label="to" />{' '}
          <code>{formatHex(after)}</code> <span class="soft">{layer}</span>
        </li>
      ))}
    </ul>
  );
}

/** The command line of the host's kernel: what it takes away, its guests have not. */
function HostCommandLine({ query, kvm, set }: Pick<Props, 'query' | 'set'> & { readonly kvm: KvmQuery }): VNode {
  const { cmdline = '', ...kernel } = kvm.kernel;
  return (
    <label class="wide">
      Command line of the host
      <input
        key={cmdline}
        class="mono"
        defaultValue={cmdline}
        placeholder="such as arm64.nosve or kvm-arm.mode=nested"
        spellcheck={false}
        autocomplete="off"
        onChange={({ currentTarget }) => {
          const words = currentTarget.value.trim();
          set({ ...query, kvm: { ...kvm, kernel: words === '' ? kernel : { ...kernel, cmdline: words } } });
        }}
      />
    </label>
  );
}

/** What a hypervisor does between silicon and kernel, in any form, in one box. */
export function HypervisorPanel({ query, base, release, effects, set }: Props): VNode {
  const text = formatHypervisorText(query);
  const { mask: _, template: __, ...others } = query;
  return (
    <>
      <div class="row">
        <KvmChoice query={query} base={base} release={release} set={set} />
      </div>
      {query.kvm !== undefined && <HostCommandLine query={query} kvm={query.kvm} set={set} />}
      <label class="wide">
        What a guest is told: fields, a mask or a CPU template; the form is recognised
        <textarea
          key={text}
          rows={Math.min(10, Math.max(3, text.split('\n').length + 1))}
          defaultValue={text}
          placeholder={
            'ID_AA64PFR0_EL1.SVE = 0\nID_AA64ISAR1_EL1[23:20] = 0\n{"reg_modifiers": [{"addr": "0x603000000013c030", "bitmap": "0b…"}]}'
          }
          spellcheck={false}
          autocomplete="off"
          onChange={({ currentTarget }) => {
            const next = { ...others, ...readHypervisorText(currentTarget.value) };
            const show = (): void => set(next);
            whenLayers(show);
          }}
        />
      </label>
      <Effects effects={effects} />
    </>
  );
}
