import type { VNode } from 'preact';
import { errataOfCore } from '../../answers/cpucap-card.ts';
import { fieldConditionsOf } from '../../answers/field-conditions.ts';
import { encodingOf, formatEncoding } from '../../arch/encoding.ts';
import { findField, findRegister } from '../../arch/register.ts';
import { errataHiding } from '../../linux/release/history.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import { ALL_CORES, type Core, coreTitle } from '../../silicon/core.ts';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { FactList } from '../catalogue/facts.tsx';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { archFeatureEffects, fieldEffects } from '../machine/field-effects.ts';
import { linkTo } from '../route.ts';

/** An ID register: how it is read, and its fields. */
export function RegisterPage({ name }: { readonly name: string }): VNode | null {
  const register = findRegister(name);
  if (register === undefined) return null;
  const encoding = formatEncoding(encodingOf(register.name));
  return (
    <>
      <FactList
        facts={[
          ['Read by', <code key="mrs">{`MRS <Xt>, ${encoding}`}</code>],
          [
            'On a machine',
            <a key="see" href={linkTo('machine', '', [['field', `${register.name}.${register.fields[0]?.name}`]])}>
              its fields, each to be changed
            </a>,
          ],
        ]}
      />
      <ScrollArea label={`Fields of ${register.name}`}>
        <table>
          <caption>Fields, from the top bit down</caption>
          <thead>
            <tr>
              <th scope="col">Bits</th>
              <th scope="col">Field</th>
              <th scope="col">What it tells</th>
            </tr>
          </thead>
          <tbody>
            {register.fields.map((field) => (
              <tr key={`${field.name} ${field.variant}`}>
                <td class="mono">{field.msb === field.lsb ? field.msb : `${field.msb}:${field.lsb}`}</td>
                <th scope="row">
                  <ReferenceLink kind="field" name={`${register.name}.${field.name}`}>
                    {field.name}
                  </ReferenceLink>
                </th>
                <td>{field.description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  );
}

/** The architecture features that begin with a value. */
function Shown({ names }: { readonly names: readonly string[] }): VNode {
  return names.length === 0 ? <span class="soft">nothing more</span> : <ReferenceLinks kind="feat" names={names} />;
}

/** A field: its values, and what hangs on it. */
export function FieldPage({ name }: { readonly name: string }): VNode | null {
  const found = findField(name);
  if (found === undefined) return null;
  const { register, field } = found;
  const hwcaps = allHwcaps().filter(({ when }) => when !== undefined && fieldConditionsOf(when).some((one) => one.field === name));
  const cpucaps = fieldEffects({ release: NEWEST_RELEASE }).cpucaps.get(name) ?? [];
  const shows = archFeatureEffects(field);
  return (
    <>
      <FactList
        facts={[
          ['In', <ReferenceLink key="register" kind="register" name={register.name} />],
          ['Bits', field.msb === field.lsb ? `${field.msb}` : `${field.msb}:${field.lsb}`],
          ['Compares as', field.sign],
          ['Hwcaps', hwcaps.length > 0 && <ReferenceLinks kind="hwcap" names={hwcaps.map((one) => one.name)} />],
          ['Cpucaps', cpucaps.length > 0 && <ReferenceLinks kind="cpucap" names={cpucaps.map((one) => one.name)} />],
          [
            'Hidden by',
            errataHiding(name).length > 0 && <ReferenceLinks kind="cpucap" names={errataHiding(name).map((one) => one.name)} />,
          ],
          [
            'On a machine',
            <a key="see" href={linkTo('machine', '', [['field', name]])}>
              its value, to be changed
            </a>,
          ],
        ]}
      />
      <ScrollArea label={`Values of ${name}`}>
        <table>
          <caption>Values</caption>
          <thead>
            <tr>
              <th scope="col">Value</th>
              <th scope="col">Name</th>
              <th scope="col">Meaning</th>
              <th scope="col">Shows</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(field.values ?? {}).map(([raw, value]) => (
              <tr key={raw}>
                <th scope="row" class="mono">
                  {raw}
                </th>
                <td class="mono">{value.name ?? '–'}</td>
                <td>{value.meaning}</td>
                <td>
                  <Shown names={shows.filter((one) => one.value === Number(raw)).map((one) => one.name)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  );
}

function CoreFacts({ core }: { readonly core: Core }): VNode {
  const { implementer, part, level, year, codename, products, llvmCpu } = core;
  const errata = [...new Set(errataOfCore(core).map(({ cpucap }) => cpucap))];
  return (
    <FactList
      facts={[
        ['Core', coreTitle(core)],
        ['MIDR_EL1', `implementer 0x${implementer.toString(16)}, part 0x${part.toString(16).padStart(3, '0')}`],
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
export function CorePage({ name }: { readonly name: string }): VNode {
  const machines = KNOWN_MACHINES.filter(({ cores }) => cores.includes(name));
  return (
    <>
      {ALL_CORES.filter((core) => core.name === name).map((core) => (
        <CoreFacts key={`${core.implementer} ${core.part}`} core={core} />
      ))}
      <h2>Known machines that have it</h2>
      {machines.length === 0 ? (
        <p>None.</p>
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
