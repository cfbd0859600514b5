import type { ComponentChildren, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Why } from '../../answers/why.ts';
import { MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import { HostChoice, KvmChoice } from '../kvm/kvm-choice.tsx';
import { MachinePicker } from '../machine/machine-picker.tsx';
import type { Navigate } from '../route.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import { whenLayers } from '../scenario/between-code.ts';
import { withEdit } from '../scenario/register-edit.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import { useFieldValues } from '../use-field-values.ts';
import type { Stage } from './stage-names.ts';

/** Shows another scenario in a picture; as {@link Navigate} does. */
export type SetScenario = (query: ScenarioQuery, how?: Parameters<Navigate>[1]) => void;

/** What the choices in a picture are given. */
export interface ChoiceProps {
  readonly query: ScenarioQuery;
  readonly base: BaseMachine;
  readonly answer: Why;
  readonly set: SetScenario;
}

/** The fields that an answer looks at in silicon, each once, in the order of its way. */
export function fieldsAsked({ chain }: Why): readonly string[] {
  return [...new Set(chain.flatMap((station) => (station.place === 'silicon' ? [station.field] : [])))];
}

/** The field that decides, if it is one. */
function decidingField(answer: Why): string | undefined {
  const fields = fieldsAsked(answer);
  return fields.length === 1 ? fields[0] : undefined;
}

/** The value of the field that decides, to be changed on all CPUs. */
export function FieldChoice({ query, base, answer, set }: ChoiceProps): VNode | null {
  const path = decidingField(answer);
  const values = useFieldValues(path);
  if (path === undefined) return null;
  const station = answer.chain.find((one) => one.place === 'silicon');
  const value = station?.place === 'silicon' ? station.groups[0]?.value : undefined;
  return (
    <label>
      {path.slice(path.indexOf('.') + 1)}{' '}
      <select
        value={value === undefined ? '' : String(value)}
        onChange={({ currentTarget }) =>
          set({ ...query, edits: withEdit(base.machine, query.edits, { target: path, value: BigInt(currentTarget.value) }) })
        }
      >
        {value === undefined && <option value="">not known</option>}
        {Object.entries(values).map(([raw, words]) => (
          <option key={raw} value={raw}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether a hypervisor takes a field away: the one that decides, or one that was chosen. */
function HidingChoice({ query, answer, set, chosen }: ChoiceProps & { readonly chosen?: string | undefined }): VNode | null {
  const path = chosen ?? decidingField(answer);
  if (path === undefined) return null;
  const setting = `${path}=0`;
  const hides = query.settings.includes(setting);
  const show = (): void =>
    set({ ...query, settings: hides ? query.settings.filter((one) => one !== setting) : [...query.settings, setting] });
  return (
    <label>
      <input type="checkbox" checked={hides} onChange={() => whenLayers(show)} /> hides {path.slice(path.indexOf('.') + 1)}
    </label>
  );
}

interface HypervisorProps extends ChoiceProps {
  /** The field that is hidden; absent: the one that decides. */
  readonly chosen?: string | undefined;
  /** Whether what a vCPU is made with is chosen elsewhere. */
  readonly isHostAlone?: boolean;
}

/** What stands between silicon and kernel: KVM of a host, or a field that is hidden. */
export function HypervisorChoice({ isHostAlone = false, ...props }: HypervisorProps): VNode {
  const Kvm = isHostAlone ? HostChoice : KvmChoice;
  return (
    <>
      <Kvm {...props} release={props.answer.release} />
      {props.query.kvm === undefined && <HidingChoice {...props} />}
    </>
  );
}

/** The release of the kernel, as a slider over all. */
export function ReleaseSlider({ query, answer, set }: ChoiceProps): VNode {
  const series = /^\d+\.\d+/.exec(answer.release)?.[0] ?? '';
  const at = MAINLINE_RELEASES.indexOf(series);
  const moves = useRef(false);
  return (
    <label>
      <span class="unseen">Linux release</span>
      <input
        type="range"
        min={0}
        max={MAINLINE_RELEASES.length - 1}
        value={at === -1 ? MAINLINE_RELEASES.length - 1 : at}
        aria-valuetext={`Linux ${answer.release}`}
        onInput={({ currentTarget }) => {
          set({ ...query, release: MAINLINE_RELEASES[Number(currentTarget.value)]! }, moves.current ? 'replace' : 'push');
          moves.current = true;
        }}
        onChange={() => {
          moves.current = false;
        }}
      />
      <span class="slider-ends" aria-hidden="true">
        <span>{MAINLINE_RELEASES[0]}</span>
        <span>{MAINLINE_RELEASES.at(-1)}</span>
      </span>
    </label>
  );
}

/** The choice of the machine; another one takes no edits along. */
export function MachineOfWay({ query, set }: Pick<ChoiceProps, 'query' | 'set'>): VNode {
  return <MachinePicker machine={query.machine} choose={(name) => set({ ...query, machine: { kind: 'known', name }, edits: [] })} />;
}

/** What can be chosen at each stop of a way. */
export function wayChoices(props: ChoiceProps): Readonly<Partial<Record<Stage, ComponentChildren>>> {
  return {
    silicon: (
      <>
        <MachineOfWay {...props} />
        <FieldChoice {...props} />
      </>
    ),
    hypervisor: <HypervisorChoice {...props} />,
    kernel: <ReleaseSlider {...props} />,
  };
}
