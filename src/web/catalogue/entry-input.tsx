import type { ComponentChildren, VNode } from 'preact';
import { useId, useState } from 'preact/hooks';

interface Props {
  /** What stands before it. */
  readonly label: ComponentChildren;
  /** The class of the label. */
  readonly labelClass?: string;
  /** The class of the field. */
  readonly class?: string;
  /** The id of a list of suggestions. */
  readonly list?: string;
  /** Its width in characters. */
  readonly size?: number;
  readonly placeholder?: string;
  /** What holds now. */
  readonly text: string;
  /** Takes what was entered, without blanks around it; returns what is wrong with it, if it is not taken. */
  enter(text: string): string | undefined;
}

/** What was written since a text held. */
interface Draft {
  readonly written: string;
  readonly over: string;
  readonly problem?: string | undefined;
}

/**
 * A field whose text counts once it is entered. It keeps the focus, shows what holds whenever that changes, and what is not taken as it
 * was written, with the reason.
 */
export function EntryInput({ label, labelClass, text, enter, ...attributes }: Props): VNode {
  const id = useId();
  const [draft, setDraft] = useState<Draft>();
  const { written = text, problem }: Partial<Draft> = draft?.over === text ? draft : {};
  return (
    <>
      <label class={labelClass}>
        {label}{' '}
        <input
          type="text"
          spellcheck={false}
          autocomplete="off"
          {...attributes}
          value={written}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : id}
          onInput={({ currentTarget }) => setDraft({ written: currentTarget.value, over: text })}
          onChange={({ currentTarget: { value } }) => {
            const wrong = enter(value.trim());
            setDraft(wrong === undefined ? undefined : { written: value, over: text, problem: wrong });
          }}
        />
      </label>
      {problem !== undefined && (
        <span id={id} class="bad small" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
