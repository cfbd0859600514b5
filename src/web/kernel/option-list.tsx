import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { KCONFIG_ROWS } from '../../linux/release/history.ts';

interface Props {
  readonly options: readonly (readonly [name: string, value: string])[];
  set(options: readonly (readonly [name: string, value: string])[]): void;
}

/** Single options of the kernel's configuration, over the named one. */
export function OptionList({ options, set }: Props): VNode {
  const [name, setName] = useState('');
  const written = name
    .trim()
    .toUpperCase()
    .replace(/^(?!CONFIG_)/, 'CONFIG_');
  const isKnown = KCONFIG_ROWS.some((row) => row.name === written);
  const put = (value: string): void => {
    set([...options.filter(([own]) => own !== written), [written, value]]);
    setName('');
  };
  return (
    <fieldset>
      <legend>Single options</legend>
      {options.map(([own, value]) => (
        <p key={own} class="row">
          <code>
            {own}={value}
          </code>
          <button
            type="button"
            class="small"
            aria-label={`Take back ${own}`}
            onClick={() => set(options.filter(([other]) => other !== own))}
          >
            Take back
          </button>
        </p>
      ))}
      <p class="row">
        <input
          class="mono"
          aria-label="Name of an option"
          list="kernel-options"
          placeholder="CONFIG_ARM64_SVE"
          value={name}
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <button type="button" disabled={!isKnown} onClick={() => put('y')}>
          = y
        </button>
        <button type="button" disabled={!isKnown} onClick={() => put('n')}>
          = n
        </button>
      </p>
      {name !== '' && !isKnown && <p class="small soft">No rule about CPUs depends on an option of this name.</p>}
      <datalist id="kernel-options">
        {KCONFIG_ROWS.map((row) => (
          <option key={row.name} value={row.name} />
        ))}
      </datalist>
    </fieldset>
  );
}
