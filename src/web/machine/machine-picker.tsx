import type { VNode } from 'preact';
import { findMachine, KNOWN_MACHINES, type MachineKind } from '../../silicon/known-machine.ts';
import type { MachineRef } from '../scenario/scenario-query.ts';

const KINDS: Readonly<Record<MachineKind, string>> = {
  silicon: 'Read on silicon',
  recorded: 'Known by what kernels printed',
  'virtual-machine': 'Read in a virtual machine',
  reconstructed: 'Reconstructed from a recording',
  'vendor-model': "A vendor's model",
  emulator: 'Emulator',
  manual: 'A manual’s values',
};

interface Props {
  readonly machine: MachineRef;
  choose(name: string): void;
}

/** The choice among the machines that come with the library. */
export function MachinePicker({ machine, choose }: Props): VNode {
  const row = machine.kind === 'known' ? findMachine(machine.name) : undefined;
  return (
    <label>
      Machine{' '}
      <select value={row?.name ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {row === undefined && (
          <option value="">{machine.kind === 'pasted' ? 'pasted text' : machine.name === '' ? 'choose one' : 'another one'}</option>
        )}
        {Object.entries(KINDS).map(([kind, title]) => (
          <optgroup key={kind} label={title}>
            {KNOWN_MACHINES.filter((row) => row.kind === kind).map(({ name, title: own }) => (
              <option key={name} value={name}>
                {own}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
