import type { VNode } from 'preact';
import { findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import { CopyButton } from '../seen/copy-button.tsx';

/** How a program in C asks for each of some hwcaps. */
export function CTest({ names }: { readonly names: readonly string[] }): VNode {
  const tests = names.flatMap((name) => {
    const entry = findHwcap(name);
    return entry === undefined ? [] : [`if (getauxval(${entry.vector}) & ${entry.constant})`];
  });
  return (
    <div class="c-test">
      <pre class="wrap">
        <code>{`#include <sys/auxv.h>\n#include <asm/hwcap.h>\n\n${tests.map((test) => `${test}\n    …`).join('\n')}`}</code>
      </pre>
      <CopyButton text={tests.join('\n')} of="the test in C" />
    </div>
  );
}
