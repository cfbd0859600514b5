import type { VNode } from 'preact';
import { formatCpuinfo } from '../../formats/cpuinfo.ts';
import type { System } from '../../linux/system.ts';
import { cpuinfoView } from '../../process/cpuinfo.ts';
import { CopyButton } from './copy-button.tsx';

/** The whole file, byte for byte. */
export function CpuinfoPanel({ system }: { readonly system: System }): VNode {
  const text = formatCpuinfo(cpuinfoView(system));
  return (
    <>
      <pre class="wrap log">{text}</pre>
      <CopyButton text={text} of="/proc/cpuinfo" />
    </>
  );
}
