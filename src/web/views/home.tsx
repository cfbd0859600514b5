import type { VNode } from 'preact';
import { KNOWN_RANGE } from '../../linux/release/known-range.ts';
import { examples } from '../home/examples.ts';
import { linkTo } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { prepareMachine } from '../scenario/use-machine.ts';
import { SearchBox } from '../search/search-box.tsx';
import type { LoadedView, ViewProps } from '../view.ts';
import { LiveWay } from '../why/live-way.tsx';
import '../home/home.css';
import '../why/why.css';

/** The bit whose way is shown first: the one that started the project. */
const FIRST = 'ilrcpc';

/** The first page: one box for all names, the way of a bit, and what people ask. */
export function HomeView(props: ViewProps): VNode {
  return (
    <>
      <h1>What software sees of an Arm CPU, and why</h1>
      <p class="lead">
        Look a name up, paste what your machine printed, or follow a bit from silicon through hypervisor and kernel to your program, on any
        Linux from {KNOWN_RANGE.oldest} to {KNOWN_RANGE.newest}.
      </p>
      <SearchBox navigate={props.navigate} hint="ilrcpc, PACIA, Graviton2, 1418040, or paste a /proc/cpuinfo" />
      <h2>
        The way of <a href={linkTo('hwcap', FIRST)}>{FIRST}</a>
      </h2>
      <LiveWay {...props} subject={{ kind: 'hwcap', name: FIRST }} />
      <h2>What people ask</h2>
      <ul class="examples">
        {examples().map(({ href, title, text }) => (
          <li key={href}>
            <a href={href}>{title}</a>
            <span class="small soft">{text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The view, and what stands in the heads of its pages. */
export const HOME: LoadedView = {
  View: HomeView,
  prepare: ({ query }) => prepareMachine(parseScenario(query).value),
  head: () => ({
    title: '',
    description:
      'What software sees of an Arm CPU, and why: the way of a bit from ID registers through hypervisor and kernel to hwcaps, /proc/cpuinfo and runtimes, for any Linux from 4.4 on.',
  }),
};
