import type { VNode } from 'preact';
import { formatHex } from '../../bits/hex.ts';
import { formatFeaturesLine } from '../../formats/features-line.ts';
import { given } from '../../given.ts';
import type { HwcapSet } from '../../linux/system.ts';
import { CopyButton } from './copy-button.tsx';
import { goneFrom } from './gone.ts';
import { GoneNames } from './gone-names.tsx';
import { NameLine } from './name-line.tsx';

interface Props {
  readonly set: HwcapSet;
  readonly start: HwcapSet;
  /** Names of which it is not known whether they are there. */
  readonly open?: readonly string[] | undefined;
  readonly current: string | undefined;
  linkOf?(name: string): string;
}

/** The Features line of /proc/cpuinfo and the words that carry it. */
export function FeaturesPanel({ set, start, open = [], current, linkOf }: Props): VNode {
  const before = new Set(start.names);
  const line = formatFeaturesLine(set.names);
  const own = given({ linkOf });
  return (
    <>
      <NameLine head={'Features\t:'} names={set.names} start={before} current={current} {...own} />
      <GoneNames names={goneFrom(start.names, set.names, open)} {...own} />
      {open.length > 0 && (
        <details>
          <summary class="small">Not known, may be there too ({open.length})</summary>
          <NameLine head="" names={open} start={new Set(open)} current={current} {...own} />
        </details>
      )}
      <p class="row">
        <CopyButton text={`${line}\n`} of="the Features line" />
        <span class="soft small">
          {set.names.length} {set.names.length === 1 ? 'hwcap' : 'hwcaps'}
        </span>
      </p>
      <table>
        <caption class="unseen">Words of the auxiliary vector</caption>
        <tbody>
          {set.words.map((word, i) => (
            <tr key={`AT_HWCAP${i}`}>
              <th scope="row">
                <code>{i === 0 ? 'AT_HWCAP' : `AT_HWCAP${i + 1}`}</code>
              </th>
              <td>
                <code class={word === (start.words[i] ?? 0n) ? undefined : 'changed'}>{formatHex(word)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
