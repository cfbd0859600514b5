import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { inMode } from '../present/mode.ts';
import { formatRoute } from '../route.ts';
import { CopyButton } from '../seen/copy-button.tsx';
import { embedCode } from './embed-code.ts';
import type { Shared } from './share-menu.tsx';

/** Closes a menu when somebody goes elsewhere, or asks for it. */
function useClosing(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event): void => {
      const own = menu.current;
      if (own === null || !own.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        own.querySelector('summary')?.focus();
      } else if (event.target instanceof Node && own.contains(event.target)) return;
      own.open = false;
    };
    const signs = ['pointerdown', 'focusin', 'keydown'] as const;
    for (const sign of signs) addEventListener(sign, close);
    return () => {
      for (const sign of signs) removeEventListener(sign, close);
    };
  }, []);
}

interface Props extends Shared {
  /** The menu in which they stand. */
  readonly menu: { readonly current: HTMLDetailsElement | null };
}

/** The ways to show somebody else what is on the page: a link, a figure in another page, a projector. */
export function ShareWays({ route, title, menu }: Props): VNode {
  useClosing(menu);
  const origin = location.href;
  return (
    <div class="share-ways">
      <CopyButton text={new URL(formatRoute(inMode(route)), origin).href} of="link to this page" label="Copy link" />
      <CopyButton text={embedCode(route, title, origin)} of="embed code: this figure in another page" label="Copy embed code" />
      <a href={formatRoute(inMode(route, 'present'))}>Present, large</a>
    </div>
  );
}
