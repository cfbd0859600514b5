import type { VNode } from 'preact';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { longTermReleases } from '../../answers/availability.ts';
import type { MachineKind, MachineRow } from '../../silicon/known-machine.ts';
import { Mark, type MarkKind } from '../catalogue/mark.tsx';
import { MarkLegend } from '../catalogue/mark-legend.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { linkTo } from '../route.ts';
import { MACHINES_BY_KIND, SIGHTINGS, type SightedMachine } from './sighting-store.ts';

/** How near to the window what is filled in must be, in windows: so that it is there when one arrives. */
const NEAR = '25%';

/** Sightings, and the element that has to come near before machines are fetched and booted. */
interface Sightings {
  readonly place: { readonly current: HTMLDivElement | null };
  seen(machine: string): SightedMachine | undefined;
}

/** What is known so far of every known machine under the long-term kernels; shows the component again when more is. */
function useSightings(): Sightings {
  const [, show] = useReducer((count: number, _: undefined) => count + 1, 0);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let stop = (): void => {};
    const begin = (): void => {
      watch.disconnect();
      stop = SIGHTINGS.subscribe(() => show(undefined));
    };
    const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && begin(), { rootMargin: NEAR });
    if (place.current !== null) watch.observe(place.current);
    addEventListener('beforeprint', begin, { once: true });
    return () => {
      removeEventListener('beforeprint', begin);
      watch.disconnect();
      stop();
    };
  }, []);
  return { place, seen: (machine) => SIGHTINGS.get(machine) };
}

/** What stands in a cell: under a kernel, or (`registers`) what the registers show. */
export type JudgeCell = (machine: SightedMachine, column: string) => MarkKind | undefined;

const TITLES: Readonly<Record<MachineKind, string>> = {
  silicon: 'Registers read on chips',
  recorded: 'Known by what kernels printed on them',
  'virtual-machine': 'Registers read in virtual machines',
  reconstructed: 'Registers put together from recordings',
  'vendor-model': 'Models of chips by their vendors',
  manual: 'Cores by their manuals',
  emulator: 'Emulated machines',
};

/** The tables: machines that people have together and open, the others each by itself and closed. */
const TABLES: readonly { readonly title: string; readonly kinds: readonly MachineKind[]; readonly open: boolean }[] = [
  { title: 'Machines', kinds: ['silicon', 'virtual-machine', 'reconstructed', 'vendor-model'], open: true },
  { title: TITLES.manual, kinds: ['manual'], open: false },
  { title: TITLES.emulator, kinds: ['emulator'], open: false },
];

const REGISTERS = 'registers';

interface Props {
  /** What the table is about. */
  readonly name: string;
  readonly judge: JudgeCell;
  /** What each mark says here, for the legend and screen readers. */
  readonly words: Readonly<Partial<Record<MarkKind, string>>>;
  /** Whether there is a column for what the registers show. */
  readonly registers: boolean;
  /** Whether there are columns for kernels. */
  readonly kernels: boolean;
  /** The hwcap, FEAT or cpucap that a machine's link asks about. */
  readonly why: string;
}

interface TableProps extends Props {
  readonly title: string;
  readonly kinds: readonly MachineKind[];
  readonly open: boolean;
  readonly columns: readonly string[];
  readonly seen: (machine: string) => SightedMachine | undefined;
  /** Whether machines that have it nowhere are left out. */
  readonly onlyHaving: boolean;
}

/** The marks of a machine, as far as they are there. */
function marksOf({ columns, seen, judge }: TableProps, name: string): readonly (MarkKind | undefined)[] {
  const machine = seen(name);
  return columns.map((column) => machine && judge(machine, column));
}

/** The machines of some kinds that are shown. */
function rowsOf(props: TableProps, kinds: readonly MachineKind[]): readonly MachineRow[] {
  return MACHINES_BY_KIND.filter(({ kind, name }) => kinds.includes(kind) && (!props.onlyHaving || marksOf(props, name).includes('yes')));
}

function whyLink(machine: string, why: string, release?: string): string {
  return linkTo('machine', '', [['m', machine], ...(release === undefined ? [] : [['k', release] as const]), ['why', why]]);
}

interface CellProps extends Pick<Props, 'words'> {
  readonly mark: MarkKind | undefined;
  /** Where it is told why. */
  readonly href: string;
}

/** A mark; one that asks for a reason leads to it. What is not derived yet says so. */
function Cell({ mark, words, href }: CellProps): VNode {
  if (mark === undefined)
    return (
      <span class="soft" title="being derived">
        …
      </span>
    );
  const sign = <Mark kind={mark} label={words[mark] ?? mark} />;
  return mark === 'withheld' ? <a href={href}>{sign}</a> : sign;
}

function Row({ row, columns, seen, judge, words, why }: TableProps & { readonly row: MachineRow }): VNode {
  const machine = seen(row.name);
  return (
    <tr>
      <th scope="row">
        <a href={whyLink(row.name, why)}>{row.title}</a>
      </th>
      {columns.map((column) => (
        <td key={column}>
          <Cell mark={machine && judge(machine, column)} words={words} href={whyLink(row.name, why, column)} />
        </td>
      ))}
    </tr>
  );
}

/** How many have it in the newest column, or how far that is derived. */
function countText(props: TableProps): string {
  const { kinds, columns } = props;
  const rows = MACHINES_BY_KIND.filter(({ kind }) => kinds.includes(kind));
  const newest = columns.at(-1)!;
  const marks = rows.flatMap(({ name }) => marksOf(props, name).at(-1) ?? []);
  if (marks.length < rows.length) return `${rows.length}, ${marks.length} derived so far …`;
  return `${marks.filter((mark) => mark === 'yes').length} of ${rows.length}${newest === REGISTERS ? '' : ` with Linux ${newest}`}`;
}

function KindRows(props: TableProps & { readonly kind: MachineKind }): VNode | null {
  const { kind, kinds, columns } = props;
  const rows = rowsOf(props, [kind]);
  if (rows.length === 0) return null;
  return (
    <tbody>
      {kinds.length > 1 && (
        <tr class="group">
          <th scope="rowgroup" colSpan={columns.length + 1}>
            {TITLES[kind]}
          </th>
        </tr>
      )}
      {rows.map((row) => (
        <Row key={row.name} {...props} row={row} />
      ))}
    </tbody>
  );
}

function MachineTable(props: TableProps): VNode {
  const { title, kinds, open, columns, name } = props;
  return (
    <details open={open}>
      <summary>
        {title} <span class="soft small">({countText(props)})</span>
      </summary>
      <div class="matrix">
        <ScrollArea label={`${title}: ${name}`}>
          <table>
            <caption class="unseen">
              {title}: which have {name}
            </caption>
            <thead>
              <tr>
                <th scope="col">Machine</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            {kinds.map((kind) => (
              <KindRows key={kind} {...props} kind={kind} />
            ))}
          </table>
        </ScrollArea>
      </div>
    </details>
  );
}

/** Which known machines have something, by what their registers show and under each long-term kernel, as caniuse has it for browsers. */
export function MachineMatrix(props: Props): VNode {
  const { place, seen } = useSightings();
  const [onlyHaving, setOnly] = useState(false);
  const isUnfinished = MACHINES_BY_KIND.some(({ name }) => seen(name)?.sightings.size !== longTermReleases().length);
  const columns = [...(props.registers ? [REGISTERS] : []), ...(props.kernels ? longTermReleases() : [])];
  return (
    <div ref={place}>
      <MarkLegend words={props.words} />
      {isUnfinished && <p class="small soft">… is being derived, machine by machine.</p>}
      <p class="no-print">
        <label>
          <input type="checkbox" checked={onlyHaving} onChange={({ currentTarget }) => setOnly(currentTarget.checked)} /> Only those that
          have it
        </label>
      </p>
      {TABLES.map((table) => (
        <MachineTable key={table.title} {...props} {...table} columns={columns} seen={seen} onlyHaving={onlyHaving} />
      ))}
      {props.kernels && (
        <p class="small soft">Each kernel as its defconfig builds it; of each series the newest release whose source was read.</p>
      )}
    </div>
  );
}
