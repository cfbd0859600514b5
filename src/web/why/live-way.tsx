import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { NEWEST_PROGRAM_VERSIONS } from '../../answers/conclusions.ts';
import { hwcapsOfSubject, type Why, type WhySubject, why } from '../../answers/why.ts';
import { findField } from '../../arch/register.ts';
import { ArmlensError } from '../../errors.ts';
import { MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { Notice } from '../notice.tsx';
import { linkTo, type Query, type Route } from '../route.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { buildScenario } from '../scenario/build-scenario.ts';
import { withEdit } from '../scenario/register-edit.ts';
import { parseScenario, type ScenarioQuery, withScenario } from '../scenario/scenario-query.ts';
import { useMachine } from '../scenario/use-machine.ts';
import { sentence } from '../sentence.ts';
import type { ViewProps } from '../view.ts';
import type { Stage } from './stages.ts';
import { Track, Verdict } from './track.tsx';

interface Props extends ViewProps {
  readonly subject: WhySubject;
  /** Told of each answer that is shown. */
  onAnswer?(answer: Why): void;
}

/** The field that decides, if it is one. */
function decidingField({ chain }: Why): string | undefined {
  const fields = new Set(chain.flatMap((station) => (station.place === 'silicon' ? [station.field] : [])));
  return fields.size === 1 ? [...fields][0] : undefined;
}

interface ChoiceProps {
  readonly query: ScenarioQuery;
  readonly base: BaseMachine;
  readonly answer: Why;
  set(query: ScenarioQuery): void;
}

/** The value of the field that decides, to be changed on all CPUs. */
function FieldChoice({ query, base, answer, set }: ChoiceProps): VNode | null {
  const path = decidingField(answer);
  const found = path === undefined ? undefined : findField(path);
  if (path === undefined || found === undefined) return null;
  const station = answer.chain.find((one) => one.place === 'silicon');
  const value = station?.place === 'silicon' ? station.groups[0]?.value : undefined;
  return (
    <label>
      {found.field.name}{' '}
      <select
        value={value === undefined ? '' : String(value)}
        onChange={({ currentTarget }) =>
          set({ ...query, edits: withEdit(base.machine, query.edits, { target: path, value: BigInt(currentTarget.value) }) })
        }
      >
        {value === undefined && <option value="">not known</option>}
        {Object.entries(found.field.values ?? {}).map(([raw, { name, meaning }]) => (
          <option key={raw} value={raw}>
            {raw}: {meaning ?? name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether a hypervisor takes the field away. */
function HidingChoice({ query, answer, set }: ChoiceProps): VNode | null {
  const path = decidingField(answer);
  if (path === undefined) return null;
  const setting = `${path}=0`;
  const hides = query.settings.includes(setting);
  return (
    <label>
      <input
        type="checkbox"
        checked={hides}
        onChange={() => set({ ...query, settings: hides ? query.settings.filter((one) => one !== setting) : [...query.settings, setting] })}
      />{' '}
      hides the field
    </label>
  );
}

function ReleaseSlider({ query, answer, set }: ChoiceProps): VNode {
  const series = /^\d+\.\d+/.exec(answer.release)?.[0] ?? '';
  const at = MAINLINE_RELEASES.indexOf(series);
  return (
    <label>
      <span class="unseen">Linux release</span>
      <input
        type="range"
        min={0}
        max={MAINLINE_RELEASES.length - 1}
        value={at === -1 ? MAINLINE_RELEASES.length - 1 : at}
        aria-valuetext={`Linux ${answer.release}`}
        onInput={({ currentTarget }) => set({ ...query, release: MAINLINE_RELEASES[Number(currentTarget.value)]! })}
      />
    </label>
  );
}

function choicesOf(props: ChoiceProps): Readonly<Partial<Record<Stage, ComponentChildren>>> {
  const { query, set } = props;
  return {
    silicon: (
      <>
        <MachinePicker machine={query.machine} choose={(name) => set({ ...query, machine: { kind: 'known', name }, edits: [] })} />
        <FieldChoice {...props} />
      </>
    ),
    hypervisor: <HidingChoice {...props} />,
    kernel: <ReleaseSlider {...props} />,
  };
}

function answerOf(subject: WhySubject, query: ScenarioQuery, base: BaseMachine): Why | { readonly problem: string } {
  try {
    const { scenario } = buildScenario(query, base);
    return why(subject, scenario, { maxBoots: 0, programs: hwcapsOfSubject(subject).length === 0 ? [] : NEWEST_PROGRAM_VERSIONS });
  } catch (error) {
    if (error instanceof ArmlensError) return { problem: sentence(error.message) };
    throw error;
  }
}

/** The address of the machine view that shows the same. */
function machineLink({ query }: Route, name: string): string {
  const known: Query = [...query.filter(([key]) => key !== 'q'), ['why', name]];
  return linkTo('machine', '', known);
}

/** The way of a bit on one machine under one kernel, each of which can be changed in the picture. */
export function LiveWay({ subject, route, navigate, onAnswer }: Props): VNode {
  const key = JSON.stringify([subject, route.query]);
  const query = useMemo(() => parseScenario(route.query).value, [key]);
  const found = useMachine(query.machine);
  const base = found !== undefined && 'base' in found ? found.base : undefined;
  const answer = useMemo(() => (base === undefined ? undefined : answerOf(subject, query, base)), [key, base]);
  useEffect(() => {
    if (answer !== undefined && 'chain' in answer) onAnswer?.(answer);
  }, [answer]);
  const set = (next: ScenarioQuery): void => navigate({ ...route, query: withScenario(route.query, next) }, 'replace');
  return (
    <section class="live-way" aria-label={`The way of ${subject.name}`}>
      {found !== undefined && 'problem' in found && <Notice kind="error">{found.problem}</Notice>}
      {answer !== undefined && 'problem' in answer && <Notice kind="error">{answer.problem}</Notice>}
      {answer !== undefined && 'chain' in answer && base !== undefined && (
        <>
          <Verdict why={answer} />
          <Track why={answer} choices={choicesOf({ query, base, answer, set })} />
          <p class="small no-print">
            <a href={machineLink(route, subject.name)}>Station by station, and what would change it</a>
          </p>
        </>
      )}
    </section>
  );
}
