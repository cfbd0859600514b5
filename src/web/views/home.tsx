import type { VNode } from 'preact';
import { KNOWN_RANGE } from '../../linux/release/known-range.ts';
import { EXAMPLES } from '../home/examples.ts';
import { SeedExample } from '../home/seed-example.tsx';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { PastePanel } from '../machine/paste-panel.tsx';
import { linkTo } from '../route.ts';
import type { ViewProps } from '../view.ts';
import '../home/home.css';

/** The first page: what this is, the way to a machine, and examples, the first of them the question that started it. */
export function HomeView({ navigate }: ViewProps): VNode {
  const open = (key: 'm' | 'p', value: string): void => navigate({ view: 'machine', name: '', query: [[key, value]] });
  return (
    <>
      <h1>What software sees of an Arm CPU, and why</h1>
      <p class="lead">
        A bit travels from silicon through hypervisor and kernel to a program. Choose a machine, flip a bit in one of its ID registers, and
        see what becomes of <code>/proc/cpuinfo</code>, the level and the boot log, for any Linux from {KNOWN_RANGE.oldest} to{' '}
        {KNOWN_RANGE.newest}.
      </p>
      <div class="start">
        <MachinePicker machine={{ kind: 'known', name: '' }} choose={(name) => open('m', name)} />
        <PastePanel choose={(code) => open('p', code)} />
      </div>
      <h2>
        <a
          href={linkTo('compare', '', [
            ['s', 'parallels-m1'],
            ['s', 'kunpeng-920'],
          ])}
        >
          What is ilrcpc, and why does one machine show it?
        </a>
      </h2>
      <SeedExample />
      <h2>More to try</h2>
      <ul class="examples">
        {EXAMPLES.map(({ href, title, text }) => (
          <li key={href}>
            <a href={href}>{title}</a>
            <br />
            <span class="small soft">{text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
