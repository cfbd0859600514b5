import type { VNode } from 'preact';
import { errataOfCore } from '../../answers/erratum-cores.ts';
import { ALL_CORES, type Core, coreTitle } from '../../silicon/core.ts';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { FactList } from '../catalogue/facts.tsx';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { CORE_KIND, midrWords } from '../name/kinds/core.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import { linkTo } from '../route.ts';
import type { LoadedView } from '../view.ts';

function CoreFacts({ core }: { readonly core: Core }): VNode {
  const { level, year, codename, products, llvmCpu } = core;
  const errata = [...new Set(errataOfCore(core).map(({ cpucap }) => cpucap))];
  return (
    <FactList
      facts={[
        ['Core', coreTitle(core)],
        ['MIDR_EL1', midrWords(core)],
        ['Level', level !== undefined && <ReferenceLink kind="level" name={level} />],
        ['Year', year],
        ['Codename', codename],
        ['Found in', products?.join(', ')],
        ['LLVM, GCC', llvmCpu !== undefined && <code>-mcpu={llvmCpu}</code>],
        ['Errata that Linux works around', errata.length > 0 && <ReferenceLinks kind="cpucap" names={errata} />],
      ]}
    />
  );
}

/** The cores of one name: several makers may use it. */
function CorePage({ name }: NamePageProps): VNode {
  const machines = KNOWN_MACHINES.filter(({ cores }) => cores.includes(name));
  return (
    <>
      {ALL_CORES.filter((core) => core.name === name).map((core) => (
        <CoreFacts key={`${core.implementer} ${core.part}`} core={core} />
      ))}
      <h2>Known machines that have it</h2>
      {machines.length === 0 ? (
        <p>
          None, but <a href={linkTo('machine', name)}>a machine with one such core</a> can be made.
        </p>
      ) : (
        <ul>
          {machines.map((machine) => (
            <li key={machine.name}>
              <a href={linkTo('machine', machine.name)}>{machine.title}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The view of cores. */
export const CORE: LoadedView = namedView({ view: 'core', kind: CORE_KIND, Page: CorePage });
