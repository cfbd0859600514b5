import type { VNode } from 'preact';
import { ThemeChoice } from './theme-choice.tsx';

/** What the page is, and how it looks. */
export function PageFooter(): VNode {
  return (
    <footer class="page-footer">
      <p>Everything is derived in this page; nothing is fetched from elsewhere, nothing is sent.</p>
      <ThemeChoice />
    </footer>
  );
}
