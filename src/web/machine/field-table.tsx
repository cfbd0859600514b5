import type { VNode } from 'preact';
import { type ShownRegister, shortValue } from './shown-register.ts';

interface Props {
  readonly shown: ShownRegister;
  linkOf(path: string): string;
}

/** All fields of a register as a table. */
export function FieldTable({ shown, linkOf }: Props): VNode {
  return (
    <div class="scroll">
      <table>
        <caption>Fields of {shown.register.name}</caption>
        <thead>
          <tr>
            <th scope="col">Bits</th>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {shown.fields.map((one) => (
            <tr key={one.path}>
              <td class="mono">{one.field.msb === one.field.lsb ? one.field.msb : `${one.field.msb}:${one.field.lsb}`}</td>
              <th scope="row">
                <a href={linkOf(one.path)}>
                  <code>{one.field.name}</code>
                </a>
              </th>
              <td>
                <code>{shortValue(one)}</code>
                {one.was !== undefined && <span class="changed"> was {String(one.was)}</span>}
              </td>
              <td>{one.meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
