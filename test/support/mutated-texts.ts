import { readdirSync, readFileSync } from 'node:fs';

const SAMPLES = new URL('../formats/samples/', import.meta.url);

/** The samples of all forms that are text, by name. */
export const SAMPLE_TEXTS: ReadonlyMap<string, string> = new Map(
  readdirSync(SAMPLES)
    .filter((name) => !name.endsWith('.bin'))
    .map((name) => [name, readFileSync(new URL(name, SAMPLES), 'utf8')]),
);

/** A source of numbers from 0 to 1 that is the same for the same seed. */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Change = (text: string, next: () => number) => string;

const lined =
  (change: (line: string, i: number) => string): Change =>
  (text) =>
    text.split('\n').map(change).join('\n');

/** What people, programs and the web put around a text. */
const PRESENTATIONS: readonly Change[] = [
  lined((line) => `> ${line}`),
  lined((line) => `    ${line}`),
  lined((line) => `| ${line}`),
  lined((line) => `* ${line}`),
  lined((line) => `+${line}`),
  lined((line, i) => `${String(i + 1).padStart(4)}: ${line}`),
  lined((line, i) => `2025-01-02T03:04:${String(i % 60).padStart(2, '0')}.123456Z ${line}`),
  lined((line, i) => `2025-01-02T03:04:${String(i % 60).padStart(2, '0')}.123456Z 00O ${line}`),
  lined((line) => `Jan  2 03:04:05 board kernel: ${line}`),
  lined((line) => `<6>1 2025-01-02T03:04:05.123456+00:00 board kernel - - - ${line}`),
  lined((line, i) => `01-02 03:04:05.${String(i % 1000).padStart(3, '0')}     0     0 I kernel  : ${line}`),
  lined((line) => `web-1  | ${line}`),
  lined((line) => `machine # ${line}`),
  lined((line) => `(bootloader) ${line}`),
  lined((line) => `\u001b_bk;t=1700000000000\u0007${line}`),
  lined((line) => `\`${line}\`  `),
  lined((line) => `${line.padEnd(90)}│`),
  lined((line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout' })),
  lined((line) => `- ${JSON.stringify({ dt: '2025-01-02T03:04:05', lvl: 'target', msg: line })}`),
  lined((line) => (line.match(/.{1,60}/g) ?? ['']).join('\n')),
  lined((line) => line.replaceAll(' ', '\u00a0')),
  lined((line) => line.replaceAll('=', '=3D').replace(/.{70}/g, '$&=\n')),
  (text) => `\`\`\`\n${text}\n\`\`\`\n`,
  (text) => `[CODE]${text}[/CODE]`,
  (text) => `<pre>${text.replaceAll('<', '&lt;').replaceAll('\n', '<br>\n')}</pre>`,
  (text) => `"${text.replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`,
  (text) => JSON.stringify({ body: text }),
  (text) => JSON.stringify(text.split('\n')),
  (text) => text.replaceAll('\n', ' '),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `@@ -0,0 +1,9 @@\n${text.replaceAll(/^/gm, '+')}\n`,
  (text) => `pi@board:~$ cat /proc/cpuinfo\n${text}\nroot@other:/# lscpu\n`,
];

const FRAGMENTS: readonly string[] = [
  '\n',
  '\n\n',
  '```\n',
  '$ lscpu\n',
  'user@host:~$ dmesg\n',
  'OnePlus6:/ $ cat /proc/cpuinfo\n',
  'processor\t: 0\n',
  'Features\t: fp asimd crc32\n',
  'Architecture: aarch64\n',
  'flags : fpu vme tsc msr sse sse2\n',
  'isa : rv64imafdc\n',
  '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]\n',
  '[    0.1] Linux version 6.1.0 (a@b)\n',
  'CPU features: SANITY CHECK: Unexpected variation in SYS_ID_AA64PFR0_EL1. Boot CPU: 0x1, CPU1: 0x2\n',
  'cpu0: auxID=0x11120, FP, CRC32\n',
  'cpu0 at cpus0: Cortex-A72 r0p3 (Cortex V8-A core)\n',
  'Bus 001 Device 002: ID 203a:fffb x\n',
  '  *-virtio0 UNCLAIMED\n',
  'sda 8:0 0 1G 0 disk\n',
  '0x00000000410fd034\n',
  'cat /sys/devices/system/cpu/cpu*/regs/identification/midr_el1\n',
  '      4 CPU part\t: 0xd05\n',
  '"1","[    0.000000] CPU: All CPU(s) started at EL2"\n',
  'MESSAGE=x\n_TRANSPORT=kernel\n',
  '{"lscpu":[',
  '\u0000',
  '\ufeff',
  '\u001b[31m',
  '=',
  '│',
];

/** Damage: pieces are cut out, doubled, moved, put in. */
const DAMAGES: readonly Change[] = [
  (text, next) => {
    const at = Math.floor(next() * text.length);
    return text.slice(0, at) + text.slice(at + Math.floor(next() * 80));
  },
  (text, next) => {
    const at = Math.floor(next() * text.length);
    return text.slice(0, at) + FRAGMENTS[Math.floor(next() * FRAGMENTS.length)]! + text.slice(at);
  },
  (text, next) => {
    const at = Math.floor(next() * text.length);
    const piece = text.slice(at, at + Math.floor(next() * 200));
    return text.slice(0, at) + piece + piece + text.slice(at + piece.length);
  },
  (text, next) => {
    const lines = text.split('\n');
    const [moved = ''] = lines.splice(Math.floor(next() * lines.length), 1);
    lines.splice(Math.floor(next() * lines.length), 0, moved);
    return lines.join('\n');
  },
  (text, next) => {
    const at = Math.floor(next() * text.length);
    return text.slice(0, at) + String.fromCodePoint(Math.floor(next() * 0x2600)) + text.slice(at + 1);
  },
];

/** No text of a sample is taken longer than this. */
const LONGEST = 6_000;

function pick<T>(from: readonly T[], next: () => number): T {
  return from[Math.floor(next() * from.length)]!;
}

/** A posted text that never was: one or two samples, damaged, in up to three presentations. The same for the same seed. */
export function mutatedText(seed: number): string {
  const next = numbersOf(seed);
  const samples = [...SAMPLE_TEXTS.values()];
  const one = (): string => {
    const text = pick(samples, next);
    const from = next() < 0.5 ? 0 : Math.floor(next() * Math.max(1, text.length - LONGEST));
    let changed = text.slice(from, from + Math.floor(next() * LONGEST));
    for (let i = Math.floor(next() * 6); i > 0; i--) changed = pick(DAMAGES, next)(changed, next);
    for (let i = Math.floor(next() * 3); i > 0; i--) changed = pick(PRESENTATIONS, next)(changed, next);
    return changed;
  };
  const text = next() < 0.4 ? `${one()}\n\n${one()}` : one();
  return next() < 0.3 ? pick(PRESENTATIONS, next)(text, next) : text;
}

/** The presentations, for tests that try each. */
export const PRESENTED: readonly ((text: string) => string)[] = PRESENTATIONS.map((change) => (text) => change(text, () => 0));
