import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { lazy } from '../lazy.tsx';
import type { Route } from '../route.ts';
import './share.css';

/** What is shared. */
export interface Shared {
  readonly route: Route;
  /** What an embedded figure is called. */
  readonly title: string;
}

const ShareWays = lazy(async () => (await import('./share-ways.tsx')).ShareWays);

/** A menu of the ways to share what is on the page; they are fetched when it opens. */
export function ShareMenu(shared: Shared): VNode {
  const menu = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="share no-print" ref={menu} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Share</summary>
      {isOpen && <ShareWays {...shared} menu={menu} />}
    </details>
  );
}
