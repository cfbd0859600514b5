import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { answerSeed, type Checked, type SeedAnswer, type SeedRow } from '../../answers/seed.ts';
import { Sign } from '../catalogue/sign.tsx';
import { linkTo } from '../route.ts';

let known: SeedAnswer | undefined;

function Line({ checked, marked }: { readonly checked: Checked; readonly marked: ReadonlySet<string> }): VNode {
  const { known: machine, system, agrees } = checked;
  return (
    <div class="seed-machine">
      <h3>
        <a href={linkTo('machine', '', [['m', machine.name]])}>{machine.title}</a> <span class="soft small">Linux {system.release}</span>
      </h3>
      <pre class="wrap">
        {'Features\t:'}
        {system.hwcaps.names.map((name) => (
          <span key={name}> {marked.has(name) ? <strong class="more">{name}</strong> : name}</span>
        ))}
      </pre>
      {agrees && (
        <p class="small good">
          <Sign character="✓" /> the same line as was recorded there
        </p>
      )}
    </div>
  );
}

function Row({ row, kernel }: { readonly row: SeedRow; readonly kernel: string }): VNode {
  const { entry, condition, archFeature, value, otherValue } = row;
  return (
    <tr>
      <th scope="row">
        <a href={linkTo('hwcap', entry.name)}>
          <code>{entry.name}</code>
        </a>
      </th>
      <td>
        <a
          href={linkTo('machine', '', [
            ['m', 'kunpeng-920'],
            ['k', kernel],
            ['field', condition.field],
            ['why', entry.name],
          ])}
        >
          <code>{condition.field}</code>
        </a>
      </td>
      <td>
        <code>
          {String(otherValue)} <Sign character="→" label="to" /> {String(value)}
        </code>{' '}
        <span class="soft">(needs {condition.atLeast})</span>
      </td>
      <td>
        {archFeature !== undefined && (
          <a href={linkTo('feat', archFeature.name)}>
            <code>{archFeature.name}</code>
          </a>
        )}
      </td>
      <td>{archFeature?.introduced.level}</td>
      <td>{entry.since}</td>
    </tr>
  );
}

/** The question that started the project: two machines, and where each hwcap comes from that one of them has more. */
export function SeedExample(): VNode {
  const [answer, setAnswer] = useState(known);
  useEffect(() => {
    if (answer !== undefined) return;
    void answerSeed().then((found) => {
      known = found;
      setAnswer(found);
    });
  }, []);
  if (answer === undefined) return <div class="seed" />;
  const { first, second, rows } = answer;
  const more = new Set(rows.map(({ entry }) => entry.name));
  return (
    <div class="seed">
      <div class="seed-pair">
        <Line checked={first} marked={more} />
        <Line checked={second} marked={more} />
      </div>
      <div class="scroll">
        <table>
          <caption>
            {rows.length} hwcaps that the first has more; the value of the field on the second <Sign character="→" label="to" /> on the
            first
          </caption>
          <thead>
            <tr>
              <th scope="col">hwcap</th>
              <th scope="col">ID field</th>
              <th scope="col">Value</th>
              <th scope="col">FEAT</th>
              <th scope="col">Level</th>
              <th scope="col">Linux</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.entry.name} row={row} kernel={second.system.release} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
