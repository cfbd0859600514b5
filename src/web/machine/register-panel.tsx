import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatHex, parseWord } from '../../bits/hex.ts';
import { EntryInput } from '../catalogue/entry-input.tsx';
import { FieldChips } from './field-chips.tsx';
import { FieldDiagram } from './field-diagram.tsx';
import { type FieldArrival, FieldEditor } from './field-editor.tsx';
import type { FieldEffects } from './field-effects.ts';
import { FieldTable } from './field-table.tsx';
import type { ShownRegister } from './shown-register.ts';

interface InputProps {
  readonly name: string;
  readonly value: bigint | undefined;
  edit(target: string, value: bigint): void;
}

/** A register's value as a number that can be typed. */
function RegisterValueInput({ name, value, edit }: InputProps): VNode {
  return (
    <EntryInput
      label={<span class="unseen">Value of {name}</span>}
      class="register-value mono"
      placeholder="unknown"
      text={value === undefined ? '' : formatHex(value)}
      enter={(text) => {
        const next = parseWord(text);
        if (next === undefined) return 'A number of 64 bits is expected, such as 0x1011.';
        if (next !== value) edit(name, next);
        return undefined;
      }}
    />
  );
}

/** What a panel can do; the same for all panels of a view. */
export interface RegisterActions {
  /** Sets a field, or a register as a whole. */
  edit(target: string, value: bigint): void;
  /** The same function as long as the view stands, so that diagrams need not be drawn again. */
  readonly fieldLink: (path: string) => string;
  whyLink(name: string): string;
  /** Where no field is open. */
  readonly closeLink: string;
}

interface Props {
  readonly shown: ShownRegister;
  readonly bitsPerRow: number;
  readonly selected: string | undefined;
  /** The fields to show first, by path; absent: all, as a diagram. */
  readonly deciding: ReadonlySet<string> | undefined;
  readonly effects: FieldEffects | undefined;
  readonly arrival: FieldArrival;
  readonly actions: RegisterActions;
}

/** One register: its value, the fields that decide something, the one that is open; on demand, all as a diagram and a table. */
export function RegisterPanel({ shown, bitsPerRow, selected, deciding, effects, arrival, actions }: Props): VNode {
  const [isUnfolded, setUnfolded] = useState(false);
  const { register, value, start, changed, fields, outsideFields, isTakenForZero } = shown;
  const state = fields.map(({ raw, isOpen, was, guest }) => `${isOpen ? '?' : raw} ${was ?? ''} ${guest ?? ''}`).join();
  const isDrawn = deciding === undefined || isUnfolded;
  const diagram = useMemo(
    () =>
      fields.length === 0 || !isDrawn ? null : (
        <FieldDiagram shown={shown} bitsPerRow={bitsPerRow} selected={selected} linkOf={actions.fieldLink} />
      ),
    [state, bitsPerRow, selected, isDrawn, actions.fieldLink],
  );
  const open = fields.find(({ path }) => path === selected);
  return (
    <section class={`register${changed ? ' edited' : ''}`} aria-labelledby={`register-${register.name}`}>
      <div class="register-head">
        <h3 id={`register-${register.name}`}>
          <code>{register.name}</code>
        </h3>
        <RegisterValueInput name={register.name} value={value} edit={actions.edit} />
        {changed && (
          <span class="changed small">
            changed, was <code>{start === undefined ? 'unknown' : formatHex(start)}</code>
          </span>
        )}
        {value === undefined && (
          <span class="soft small">{isTakenForZero ? 'not listed; a kernel takes it as 0' : 'not known, or only in part'}</span>
        )}
      </div>
      {deciding === undefined ? (
        diagram
      ) : (
        <FieldChips
          register={register.name}
          fields={fields.filter(({ path, was }) => deciding.has(path) || path === selected || was !== undefined)}
          selected={selected}
          linkOf={actions.fieldLink}
        />
      )}
      {outsideFields !== 0n && (
        <p class="small soft">
          Bits without a known meaning are set: <code>{formatHex(outsideFields)}</code>
        </p>
      )}
      {open !== undefined && (
        <FieldEditor
          shown={open}
          effects={effects}
          arrival={arrival}
          edit={actions.edit}
          whyLink={actions.whyLink}
          closeLink={actions.closeLink}
        />
      )}
      <details onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}>
        <summary class="small">
          {register.longName}: all {fields.length} fields<span class="unseen"> of {register.name}</span>
        </summary>
        {deciding !== undefined && diagram}
        {isUnfolded && <FieldTable shown={shown} linkOf={actions.fieldLink} />}
      </details>
    </section>
  );
}
