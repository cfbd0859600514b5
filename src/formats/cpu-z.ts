import { given } from '../given.ts';
import { listedMachine, type RegisterFile } from '../silicon/machine.ts';
import { implementerCode } from './core-midr.ts';
import { areX86Flags, readNotArm } from './foreign-cpu.ts';
import { toldByTools } from './hwcap-list.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** A row: a name, tabs or many blanks, and a value. */
const ROW = /^\s*([A-Za-z][\w .~()-]{1,40}?)(?:\t+|\s{2,}|\s*[:=]\s*)(\S.{0,300})$/;

/** The report that CPU-Z writes on Windows. */
export const cpuZReader: Reader = {
  name: 'cpu-z',
  title: "CPU-Z's report",
  recognise: (head) => (/^[ \t]*CPU-Z (?:TXT Report|version)/m.test(head) ? 0.9 : 0),
  read(text) {
    const account = new LineAccount();
    const rows = new Map<string, string>();
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const [, name = '', value = ''] = ROW.exec(line.text) ?? [];
      const key = name.trim().toLowerCase();
      if (NEEDED.has(key) && !rows.has(key)) {
        rows.set(key, value.trim());
        account.read();
      } else account.passed();
    }
    const midr = /^(?:0x)?([0-9a-f]{8})h?$/i.exec(rows.get('midr') ?? '')?.[1];
    const registers: RegisterFile = midr === undefined ? {} : { MIDR_EL1: BigInt(`0x${midr}`) };
    const names = (rows.get('instructions sets') ?? rows.get('instruction sets') ?? '').toLowerCase().split(/[\s,]+/);
    if (areX86Flags(names)) return { ...readNotArm('x86', 'file'), lines: account.lines };
    // It lists what it looks for: what is not there says nothing.
    const present = [...new Set(toldByTools(names.map((name) => (name === 'sha' ? 'sha2' : name))))];
    const cpuCount = Number(/^\d{1,4}/.exec(rows.get('number of threads') ?? '')?.[0] ?? 0);
    return {
      value: {
        ...given({ title: rows.get('specification') ?? rows.get('name') }),
        ...(midr === undefined
          ? given({ implementer: implementerCode(rows.get('manufacturer') ?? '') })
          : { machine: listedMachine([{ registers }]) }),
        ...(present.length === 0 ? {} : { archFeatures: { present, absent: [] } }),
        ...(cpuCount === 0 ? {} : { cpuCount }),
      },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};

const NEEDED: ReadonlySet<string> = new Set([
  'specification',
  'name',
  'manufacturer',
  'midr',
  'number of threads',
  'instructions sets',
  'instruction sets',
]);
