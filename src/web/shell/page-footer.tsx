import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { applyTheme, storedTheme, THEMES, type Theme } from '../theme.ts';

const WORDS: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' };

/** The choice between light, dark, and what the system says. */
function ThemeChoice(): VNode {
  const [theme, setTheme] = useState(storedTheme);
  return (
    <label class="theme">
      Theme{' '}
      <select
        value={theme}
        onChange={({ currentTarget }) => {
          const chosen = THEMES.find((one) => one === currentTarget.value) ?? 'system';
          applyTheme(chosen);
          setTheme(chosen);
        }}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {WORDS[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the page is, and how it looks. */
export function PageFooter(): VNode {
  return (
    <footer class="page-footer">
      <p>Everything is derived in this page; nothing is fetched from elsewhere, nothing is sent.</p>
      <ThemeChoice />
    </footer>
  );
}
