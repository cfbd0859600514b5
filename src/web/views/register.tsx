import type { VNode } from 'preact';
import { encodingOf, formatEncoding } from '../../arch/encoding.ts';
import { findRegister } from '../../arch/register.ts';
import { FactList } from '../catalogue/facts.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { REGISTER_KIND } from '../name/kinds/register.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import { linkTo } from '../route.ts';
import type { LoadedView } from '../view.ts';

/** An ID register: how it is read, and its fields. */
function RegisterPage({ name }: NamePageProps): VNode | null {
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

/** The view of ID registers. */
export const REGISTER: LoadedView = namedView({ view: 'register', kind: REGISTER_KIND, Page: RegisterPage });
