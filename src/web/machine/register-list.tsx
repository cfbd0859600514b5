import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RegisterDescriptor } from '../../arch/register.ts';
import type { PartialWord } from '../../bits/partial-word.ts';
import { given } from '../../given.ts';
import { type Cpu, type Machine, registerWord } from '../../silicon/machine.ts';
import { REGISTERS } from '../use-field-values.ts';
import type { FieldArrival } from './field-editor.tsx';
import type { FieldEffects } from './field-effects.ts';
import { type RegisterActions, RegisterPanel } from './register-panel.tsx';
import { moveRow, setStops } from './row-focus.ts';
import { shownRegister } from './shown-register.ts';
import { slimRegisters } from './slim-registers.ts';

interface GroupProps {
  readonly title: string;
  readonly count: number;
  /** Whether it is open at first. */
  readonly isOpen: boolean;
  /** Whether something in it is to be seen. */
  readonly wanted: boolean;
  children(title: string): ComponentChildren;
}

/**
 * Registers one below the other. The Tab key stops at one of them, whose number, fields and rest are a stop each; arrows up and down lead
 * to the same part of the next.
 */
function Rows({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (list.current !== null) setStops(list.current);
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no set of form fields
    <div
      ref={list}
      class="register-rows"
      role="group"
      aria-label={`${title}: arrows up and down lead from register to register`}
      onFocusIn={({ currentTarget }) => setStops(currentTarget)}
      onKeyDown={(event) => moveRow(event, event.currentTarget)}
    >
      <p class="keys small soft" aria-hidden="true">
        ↑ ↓ lead to the other registers, ← → to the fields of one
      </p>
      {children}
    </div>
  );
}

/** Registers under a heading that opens; those of a closed group are not drawn. */
function RegisterGroup({ title, count, isOpen, wanted, children }: GroupProps): VNode {
  const [opened, setOpened] = useState(isOpen);
  const open = opened || wanted;
  return (
    <details
      class="register-group"
      open={open}
      onToggle={({ currentTarget }) => {
        if (!wanted) setOpened(currentTarget.open);
      }}
    >
      <summary>
        {title} <span class="soft">({count})</span>
      </summary>
      {open && children(title)}
    </details>
  );
}

/** Where 32 bits in a row can be read; below it 16 stand in one. */
const WIDE = 'print, (min-width: 38rem)';

/** How many bits of a register fit in a row; follows the width of the page. */
function useBitsPerRow(): number {
  const [isWide, setWide] = useState(() => typeof matchMedia === 'undefined' || matchMedia(WIDE).matches);
  useEffect(() => {
    const list = matchMedia(WIDE);
    const update = (): void => setWide(list.matches);
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, []);
  return isWide ? 32 : 16;
}

interface Props {
  readonly cpu: Cpu;
  /** What a register is that nobody lists, as the machine has it. */
  readonly unlisted: Machine['unlisted'];
  /** The same CPU at the start. */
  readonly start: Cpu | undefined;
  /** The same CPU as a guest gets it. */
  readonly guest: Cpu;
  readonly selected: string | undefined;
  readonly effects: FieldEffects | undefined;
  /** The kernel's release. */
  readonly release: string | undefined;
  readonly arrival: FieldArrival;
  readonly actions: RegisterActions;
}

interface Group {
  readonly title: string;
  readonly isOpen: boolean;
  /** Whether only what decides something is shown of its registers at first. */
  readonly isShort?: true;
  takes(register: RegisterDescriptor, value: bigint | undefined, decides: boolean): boolean;
}

/** What stands first where no kernel could be booted. */
const OTHERS: Group = {
  title: 'What else the CPU can do',
  isOpen: false,
  takes: ({ group }, value) => group === 'feature' && value !== undefined && value !== 0n,
};

/** In this order; a register stands in the first group that takes it. */
const GROUPS: readonly Group[] = [
  {
    title: 'What decides something',
    isOpen: true,
    isShort: true,
    takes: ({ group }, value, decides) => decides && group !== 'aarch32-view' && value !== undefined,
  },
  {
    title: 'What decides for 32-bit programs',
    isOpen: false,
    isShort: true,
    takes: ({ group }, value, decides) => decides && group === 'aarch32-view' && value !== undefined,
  },
  { title: 'What would decide, and is not known', isOpen: false, isShort: true, takes: (_, __, decides) => decides },
  OTHERS,
  { title: 'Which CPU it is', isOpen: false, takes: ({ group }, value) => group === 'identity' && value !== undefined },
  {
    title: 'What else stands there for 32-bit code',
    isOpen: false,
    takes: ({ group }, value) => group === 'aarch32-view' && value !== undefined && value !== 0n,
  },
  { title: 'Caches', isOpen: false, takes: ({ group }, value) => group === 'cache' && value !== undefined },
  { title: 'All zero', isOpen: false, takes: (_, value) => value === 0n },
  { title: 'Not known', isOpen: false, takes: (_, value) => value === undefined },
];

/** The registers in which any of some fields lies. */
function registersOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...paths].map((path) => path.slice(0, path.indexOf('.'))));
}

function grouped(
  { registers }: Cpu,
  deciding: ReadonlySet<string>,
  all: readonly RegisterDescriptor[],
): ReadonlyMap<Group, readonly RegisterDescriptor[]> {
  const names = registersOf(deciding);
  const found = new Map<Group, RegisterDescriptor[]>(GROUPS.map((group) => [group, []]));
  for (const register of all) {
    const group = GROUPS.find((one) => one.takes(register, registers[register.name], names.has(register.name)));
    if (group !== undefined) found.get(group)?.push(register);
  }
  return found;
}

/** The registers of one CPU, group by group: first those that the kernel asks. Values are those of the start, so that none moves while it is edited. */
export function RegisterList({ cpu, unlisted, start, guest, selected, effects, release, arrival, actions }: Props): VNode {
  const bitsPerRow = useBitsPerRow();
  const deciding = useMemo(() => effects?.read ?? new Set<string>(), [[...(effects?.read ?? [])].join(' ')]);
  const table = REGISTERS.use();
  const all = table?.ALL_REGISTERS ?? slimRegisters();
  const groups = useMemo(() => grouped(start ?? cpu, deciding, all), [start ?? cpu, deciding, all]);
  const open = selected?.split('.')[0];
  const panel = (register: RegisterDescriptor, isShort: boolean): VNode => {
    const { name } = register;
    const word = (of: Cpu | undefined): PartialWord | undefined => of && registerWord({ cpus: [], ...given({ unlisted }) }, of, name);
    const [value, before, inGuest] = [word(cpu), word(start), word(guest)];
    return (
      <RegisterPanel
        key={name}
        shown={shownRegister(register, { value, start: before, guest: inGuest }, table !== undefined)}
        bitsPerRow={bitsPerRow}
        selected={open === name ? selected : undefined}
        deciding={isShort ? deciding : undefined}
        effects={open === name ? effects : undefined}
        arrival={arrival}
        actions={actions}
      />
    );
  };
  const shown = ([group, registers]: readonly [Group, readonly RegisterDescriptor[]]): VNode => (
    <RegisterGroup
      key={group.title}
      title={group.isShort === true && release !== undefined ? `${group.title} under Linux ${release}` : group.title}
      count={registers.length}
      isOpen={group.isOpen || (deciding.size === 0 && group === OTHERS)}
      wanted={registers.some(({ name }) => name === open)}
    >
      {(title) => <Rows title={title}>{registers.map((register) => panel(register, group.isShort === true))}</Rows>}
    </RegisterGroup>
  );
  const filled = [...groups].filter(([, registers]) => registers.length > 0);
  const [first, rest] = [true, false].map((isFirst) =>
    filled.filter(([group]) => (group.isShort === true || deciding.size === 0) === isFirst),
  );
  const others = rest!.flatMap(([, registers]) => registers);
  return (
    <>
      {first!.map(shown)}
      {others.length > 0 && (
        <RegisterGroup title="All other registers" count={others.length} isOpen={false} wanted={others.some(({ name }) => name === open)}>
          {() => rest!.map(shown)}
        </RegisterGroup>
      )}
    </>
  );
}
