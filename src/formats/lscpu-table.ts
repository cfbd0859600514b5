import { ALL_CORES } from '../silicon/core.ts';
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
    let column = -1;
    let cpuCount = 0;
    const cores = new Set<string>();
    for (const line of textLines(text)) {
      const plain = line.text.trim();
      if (plain === '') continue;
      if (HEAD.test(line.text.slice(0, 300))) {
        column = plain.split(/\s+/).indexOf('MODELNAME');
        account.read();
      } else if (/^\d{1,4}\s/.test(plain)) {
        cpuCount += 1;
        const name = column < 0 ? undefined : plain.split(/\s+/)[column];
        if (name !== undefined && name !== '-') cores.add(name);
        account.read();
      } else account.passed();
    }
    const found = [...cores].map((name) => ALL_CORES.filter((row) => row.name === name));
    const implementers = new Set(found.flatMap((rows) => (rows.length === 1 ? [rows[0]!.implementer] : [])));
    return {
      value: {
        ...(cores.size === 0 ? {} : { title: [...cores].join(' + ').slice(0, 200) }),
        ...(cpuCount === 0 ? {} : { cpuCount }),
        ...(implementers.size === 1 ? { implementer: [...implementers][0]! } : {}),
      },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
