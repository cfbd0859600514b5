import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { formatHex, parseWord } from '../../bits/hex.ts';

interface Props {
  readonly name: string;
  readonly value: bigint | undefined;
  edit(target: string, value: bigint): void;
}

/** A register's value as a number that can be typed. */
export function RegisterValueInput({ name, value, edit }: Props): VNode {
  const [bad, setBad] = useState(false);
  const text = value === undefined ? '' : formatHex(value);
  return (
    <>
      <input
        key={text}
        class="register-value mono"
        aria-label={`Value of ${name}`}
        aria-invalid={bad}
        defaultValue={text}
        placeholder="unknown"
        spellcheck={false}
        autocomplete="off"
        onChange={({ currentTarget }) => {
          const next = parseWord(currentTarget.value.trim());
          setBad(next === undefined);
          if (next !== undefined && next !== value) edit(name, next);
        }}
      />
      {bad && (
        <span class="bad small" role="alert">
          A number of 64 bits is expected, such as 0x1011.
        </span>
      )}
    </>
  );
}
