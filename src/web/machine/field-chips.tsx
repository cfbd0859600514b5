import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { moveFocus, spoken } from './field-words.ts';
import { type ShownField, shortValue } from './shown-register.ts';

interface Props {
  /** The register's name. */
  readonly register: string;
  readonly fields: readonly ShownField[];
  /** The path of the field that is open. */
  readonly selected: string | undefined;
  linkOf(path: string): string;
}

function Other({ field: { was, guest } }: { readonly field: ShownField }): VNode | null {
  if (was === undefined && guest === undefined) return null;
  return (
    <span class="chip-other" aria-hidden="true">
      {guest === undefined ? `was ${was}` : `guest ${guest}`}
    </span>
  );
}

/** Fields of a register as a row of links, each with its bits and its value. Left and right move between them. */
export function FieldChips({ register, fields, selected, linkOf }: Props): VNode {
  const row = useRef<HTMLDivElement>(null);
  const first = fields.find(({ path }) => path === selected) ?? fields[0];
  return (
    <div
      ref={row}
      class="field-chips"
      role="toolbar"
      aria-label={`Fields of ${register} that decide`}
      onKeyDown={(event) => moveFocus(event, row.current)}
    >
      {fields.map((own) => (
        <a
          key={own.path}
          class={['field-chip', own.raw === 0n && !own.isOpen ? 'zero' : '', own.was === undefined ? '' : 'edited']
            .filter(Boolean)
            .join(' ')}
          href={linkOf(own.path)}
          tabIndex={own === first ? 0 : -1}
          aria-current={own.path === selected ? 'true' : undefined}
          title={own.meaning}
        >
          <span class="unseen">{spoken(own)}</span>
          <span class="chip-name" aria-hidden="true">
            {own.field.name}{' '}
            <span class="chip-bits">{own.field.msb === own.field.lsb ? own.field.msb : `${own.field.msb}:${own.field.lsb}`}</span>
          </span>
          <span class="chip-value" aria-hidden="true">
            {shortValue(own)}
          </span>
          <Other field={own} />
        </a>
      ))}
    </div>
  );
}
