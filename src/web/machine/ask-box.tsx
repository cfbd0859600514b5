import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

/** A field for the name of a hwcap, FEAT_*, cpucap or register field. */
export function AskBox({ ask }: { ask(text: string): void }): VNode {
  const [names, setNames] = useState<readonly string[]>([]);
  return (
    <form
      class="ask no-print"
      onSubmit={(event) => {
        event.preventDefault();
        const field = event.currentTarget.elements.namedItem('name');
        if (field instanceof HTMLInputElement && field.value.trim() !== '') {
          ask(field.value.trim());
          field.value = '';
        }
      }}
    >
      <input
        name="name"
        class="mono"
        aria-label="hwcap, FEAT, cpucap or field"
        list="why-names"
        placeholder="sve2, FEAT_LSE, HAS_PAN"
        spellcheck={false}
        autocomplete="off"
        onFocus={() =>
          void import('../../answers/known.ts').then(({ knownNames }) => setNames(knownNames('hwcap', 'arch-feature', 'cpucap')))
        }
      />
      <button type="submit">Why?</button>
      <datalist id="why-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </form>
  );
}
