import type { VNode } from 'preact';
import { findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import { CopyButton } from '../seen/copy-button.tsx';

/** How a program in C asks for a hwcap. */
export function CTest({ name }: { readonly name: string }): VNode | null {
  const entry = findHwcap(name);
  if (entry === undefined) return null;
  const code = `if (getauxval(${entry.vector}) & ${entry.constant})`;
  return (
    <div class="c-test">
      <pre class="wrap">
        <code>{`#include <sys/auxv.h>\n#include <asm/hwcap.h>\n\n${code}\n    …`}</code>
      </pre>
      <CopyButton text={code} of="the test in C" />
    </div>
  );
}
