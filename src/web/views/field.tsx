import type { VNode } from 'preact';
import { fieldConditionsOf } from '../../answers/field-conditions.ts';
import { findField } from '../../arch/register.ts';
import { errataHiding } from '../../linux/release/history.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import { FactList } from '../catalogue/facts.tsx';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { archFeatureEffects, fieldEffects } from '../machine/field-effects.ts';
import { FIELD_KIND } from '../name/kinds/field.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import { linkTo } from '../route.ts';
import type { LoadedView } from '../view.ts';

/** The architecture features that begin with a value. */
function Shown({ names }: { readonly names: readonly string[] }): VNode {
  return names.length === 0 ? <span class="soft">nothing more</span> : <ReferenceLinks kind="feat" names={names} />;
}

/** A field: its values, and what hangs on it. */
function FieldPage({ name }: NamePageProps): VNode | null {
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

/** The view of fields. */
export const FIELD: LoadedView = namedView({ view: 'field', kind: FIELD_KIND, Page: FieldPage });
