import type { VNode } from 'preact';
import type { HwcapFacts } from '../../answers/hwcap-facts.ts';
import { later } from '../later.ts';
import type { ViewProps } from '../view.ts';
import { LiveWay } from '../why/live-way.tsx';
import { HwcapLead } from './hwcap-lead.tsx';

const REST = later(async () => (await import('./hwcap-rest.tsx')).HwcapRest);

/** The page of a hwcap: the first picture at once, the rest when the reader stirs. */
export function HwcapCardView({ facts, ...props }: ViewProps & { readonly facts: HwcapFacts }): VNode {
  const { name } = facts.entry;
  const Rest = REST.use();
  return (
    <>
      <h1>
        <code>{name}</code> <span class="kind">hwcap</span>
      </h1>
      <HwcapLead facts={facts} />
      <LiveWay {...props} subject={{ kind: 'hwcap', name }} />
      {Rest === undefined ? <div class="awaited" aria-busy="true" /> : <Rest name={name} />}
    </>
  );
}
