import type { VNode } from 'preact';
import { isReadInGuest } from '../../silicon/read-in-guest.ts';
import { KernelPanel } from '../kernel/kernel-panel.tsx';
import { lazy } from '../lazy.tsx';
import { environmentAround } from '../scenario/build-scenario.ts';
import { SeenPanel } from '../seen/seen-panel.tsx';
import { HypervisorPanel, isChange } from './hypervisor-panel.tsx';
import type { Desk } from './use-desk.ts';

const HostAndGuest = lazy(async () => (await import('../seen/host-and-guest.tsx')).HostAndGuest);

function Hypervisor({ desk }: { readonly desk: Desk }): VNode {
  const { query, base, model, setQuery } = desk;
  const effects = model.guest.effects.filter(isChange);
  const count = new Set(effects.map(({ register }) => register)).size;
  const none = isReadInGuest(model.silicon) ? 'the registers were read behind one' : 'nothing in between';
  const { kvm, layers, kernel } = model.scenario;
  return (
    <details class="panel" open={layers.length > 0 || kvm !== undefined}>
      <summary>
        <h2 class="inline">Hypervisor</h2>{' '}
        <span class="soft small">{count === 0 ? none : `changes ${count} ${count === 1 ? 'register' : 'registers'}`}</span>
      </summary>
      <HypervisorPanel query={query} base={base} release={kernel.release} effects={effects} set={setQuery} />
    </details>
  );
}

function Seen({ desk }: { readonly desk: Desk }): VNode | null {
  const { state, query, model, start, cpu, whyLink } = desk;
  const { result, silicon } = model;
  if (result === undefined) return null;
  const before = start.result ?? result;
  const booted = [...silicon.cpus.keys()].filter((index) => !query.without.includes(index));
  return (
    <SeenPanel
      system={result.system}
      start={before.system}
      levels={result.levels}
      startLevels={before.levels}
      cpu={Math.max(0, booted.indexOf(cpu))}
      why={state.why}
      whyLink={whyLink}
    />
  );
}

/** Where the keyboard is led past the registers. */
export const SOFTWARE = 'software';

/** What stands between silicon and program, and what the program sees. */
export function SoftwareColumn({ desk }: { readonly desk: Desk }): VNode {
  const { base, query, model, movement, setQuery, whyLink } = desk;
  const { kernel, environment, layers } = model.scenario;
  return (
    <div class="software" id={SOFTWARE} tabIndex={-1}>
      <Hypervisor desk={desk} />
      <section class="panel" aria-labelledby="kernel-title">
        <h2 id="kernel-title">Kernel</h2>
        <KernelPanel
          query={query}
          kernel={kernel}
          bootEl={environment.bootEl}
          isTold={environmentAround(query, base, layers).bootEl !== undefined}
          movement={movement}
          set={setQuery}
        />
      </section>
      <section class="panel" aria-labelledby="seen-title">
        <h2 id="seen-title">What software sees</h2>
        {model.host !== undefined && model.result !== undefined && (
          <HostAndGuest host={model.host} guest={model.result} whyLink={whyLink} />
        )}
        <Seen desk={desk} />
      </section>
    </div>
  );
}
