import type { VNode } from 'preact';
import type { Subject } from '../../answers/subject.ts';
import { linkTo } from '../route.ts';

interface Props {
  readonly subjects: readonly Subject[];
  /** The hwcaps that all have. */
  readonly common: readonly string[];
}

/** The Features line of each subject; what not all have stands out. */
export function FeaturesLines({ subjects, common }: Props): VNode {
  const shared = new Set(common);
  return (
    <>
      {subjects.map(({ name, system }, index) => (
        <div key={index}>
          <p class="small">
            {name}, Linux {system.release}: {system.hwcaps.names.length} hwcaps
          </p>
          <pre class="wrap compared-line">
            {'Features\t:'}
            {system.hwcaps.names.map((hwcap) => (
              <span key={hwcap}>
                {' '}
                <a class={shared.has(hwcap) ? 'shared' : 'differs'} href={linkTo('hwcap', hwcap)}>
                  {hwcap}
                </a>
              </span>
            ))}
          </pre>
        </div>
      ))}
    </>
  );
}
