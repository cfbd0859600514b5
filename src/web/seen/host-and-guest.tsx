import type { VNode } from 'preact';
import type { LevelReading } from '../../answers/level.ts';
import { formatHex } from '../../bits/hex.ts';
import type { System } from '../../linux/system.ts';
import { goneFrom } from './gone.ts';
import { levelForPrograms } from './level-for-programs.ts';

/** A system with its levels. */
interface Side {
  readonly system: System;
  readonly levels: readonly LevelReading[];
}

interface Props {
  readonly host: Side;
  readonly guest: Side;
  whyLink(name: string): string;
}

function Names({ names, whyLink }: { readonly names: readonly string[]; whyLink(name: string): string }): VNode {
  if (names.length === 0) return <span class="soft">nothing</span>;
  return (
    <>
      {names.map((name) => (
        <span key={name}>
          <a class="mono" href={whyLink(name)}>
            {name}
          </a>{' '}
        </span>
      ))}
    </>
  );
}

/** What the same kernel shows on the machine itself and in the guest, side by side, what differs first. */
export function HostAndGuest({ host, guest, whyLink }: Props): VNode {
  const [onHost, inGuest] = [host.system, guest.system];
  const [openOnHost, openInGuest] = [onHost.unknown ?? {}, inGuest.unknown ?? {}];
  const rows: readonly (readonly [head: string, host: VNode | string | number, guest: VNode | string | number])[] = [
    [
      'Only here',
      <Names names={goneFrom(onHost.hwcaps.names, inGuest.hwcaps.names, openInGuest.hwcaps)} whyLink={whyLink} />,
      <Names names={goneFrom(inGuest.hwcaps.names, onHost.hwcaps.names, openOnHost.hwcaps)} whyLink={whyLink} />,
    ],
    [
      'Only here, cpucaps',
      <Names names={goneFrom(onHost.cpucaps, inGuest.cpucaps, openInGuest.cpucaps)} whyLink={whyLink} />,
      <Names names={goneFrom(inGuest.cpucaps, onHost.cpucaps, openOnHost.cpucaps)} whyLink={whyLink} />,
    ],
    ['hwcaps', onHost.hwcaps.names.length, inGuest.hwcaps.names.length],
    ...((openOnHost.hwcaps ?? openInGuest.hwcaps) === undefined
      ? []
      : [['hwcaps not known', openOnHost.hwcaps?.length ?? 0, openInGuest.hwcaps?.length ?? 0] as const]),
    ...inGuest.hwcaps.words.map((word, i) => {
      const name = i === 0 ? 'AT_HWCAP' : `AT_HWCAP${i + 1}`;
      return [name, <code>{formatHex(onHost.hwcaps.words[i] ?? 0n)}</code>, <code>{formatHex(word)}</code>] as const;
    }),
    ['Level, by EL0', levelForPrograms(host) ?? 'unknown', levelForPrograms(guest) ?? 'unknown'],
  ];
  return (
    <div class="scroll">
      <table class="host-and-guest">
        <caption>The same kernel on the host and in the guest</caption>
        <thead>
          <tr>
            <th scope="col">Seen</th>
            <th scope="col">Host</th>
            <th scope="col">Guest</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, own, other]) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              <td>{own}</td>
              <td>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
