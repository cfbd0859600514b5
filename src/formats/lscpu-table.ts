import { given } from '../given.ts';
import { type Core, coreNamed } from '../silicon/core.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** The head of `lscpu -e`: names of columns in capitals, the first is CPU. */
const HEAD =
  /^\s*CPU(?:\s+(?:NODE|DRAWER|BOOK|SOCKET|CLUSTER|CORE|L\d\S*|ONLINE|CONFIGURED|ADDRESS|POLARIZATION|(?:MAX|MIN|SCAL)?MHZ(?:%)?|MODELNAME|CACHE)){1,16}\s*$/;

/** What `lscpu -e` prints: a row for each CPU. */
export const lscpuTableReader: Reader = {
  name: 'lscpu-table',
  title: 'the table of lscpu -e',
  recognise: (head) => (head.split('\n', 50).some((line) => HEAD.test(line.slice(0, 300))) ? 0.85 : 0),
  read(text) {
    const account = new LineAccount();
    let columns: readonly string[] = [];
    const names = new Set<string>();
    const cpus: { readonly processor: number; readonly core: Core | undefined; readonly online: string | undefined }[] = [];
    for (const line of textLines(text)) {
      const plain = line.text.trim();
      if (plain === '') continue;
      if (HEAD.test(line.text.slice(0, 300))) {
        columns = plain.split(/\s+/);
        account.read();
      } else if (/^\d{1,4}\s/.test(plain)) {
        const cells = plain.split(/\s+/);
        const cell = (column: string): string | undefined => cells[columns.indexOf(column)];
        const name = cell('MODELNAME');
        if (name !== undefined && name !== '-') names.add(name);
        cpus.push({ processor: Number(cells[0]), core: name === undefined ? undefined : coreNamed(name), online: cell('ONLINE') });
        account.read();
      } else account.passed();
    }
    const online = cpus.filter((cpu) => cpu.online === 'yes').map(({ processor }) => processor);
    const known = cpus.flatMap(({ processor, core }) =>
      core === undefined ? [] : [{ processor, features: [], implementer: core.implementer, part: core.part }],
    );
    return {
      value: {
        ...(names.size === 0 ? {} : { title: [...names].join(' + ').slice(0, 200) }),
        ...(cpus.length === 0 ? {} : { cpuCount: cpus.length }),
        ...given({ online: online.length === 0 ? undefined : online, cpuinfo: known.length === 0 ? undefined : known }),
      },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
