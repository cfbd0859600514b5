import type { VNode } from 'preact';
import { formatFeatureLog } from '../../formats/kernel-log.ts';
import type { System } from '../../linux/system.ts';
import { CopyButton } from './copy-button.tsx';

/** What the kernel prints about all this while it boots; lines that were not there at the start are marked. */
export function LogPanel({ system, start }: { readonly system: System; readonly start: System | undefined }): VNode {
  const lines = formatFeatureLog(system);
  const before = start === undefined ? undefined : new Set(formatFeatureLog(start));
  const gone = [...(before ?? [])].filter((line) => !lines.includes(line));
  return (
    <>
      <pre class="wrap log">
        {lines.map((line, i) => (
          <span key={`${i} ${line}`} class={before === undefined || before.has(line) ? undefined : 'came'}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
      {gone.length > 0 && (
        <p class="small">
          Gone since the start:{' '}
          {gone.map((line) => (
            <del key={line} class="mono gone">
              {line}
            </del>
          ))}
        </p>
      )}
      <CopyButton text={lines.map((line) => `${line}\n`).join('')} of="the boot log" />
    </>
  );
}
