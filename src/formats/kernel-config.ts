import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { KernelConfig } from '../linux/kernel.ts';
import { OPTION_NAMES } from '../linux/release/history.ts';
import { isOptionValue } from '../linux/release/option-value.ts';
import { showJson } from './json-reader.ts';
import { LineAccount, type LineCount, placeOf, type TextLine, textLines } from './line-account.ts';
import type { ReadCapture, Reader } from './reader.ts';

/** A `.config` file of a kernel. */
export interface KernelConfigFile {
  /** Such as `arm64`, from the header. */
  readonly architecture?: string;
  /** Such as `6.12.107`, from the header. */
  readonly release?: string;
  /** All options, `n` for those that are "not set". Text options keep their quotes. */
  readonly options: Readonly<Record<string, string>>;
}

/** What {@link parseKernelConfig} gives: the file, and what became of each line. */
export interface ParsedKernelConfig extends Parsed<KernelConfigFile> {
  readonly lines: LineCount;
}

const HEADER = /^# Linux\/(\w{1,16}) (\S{1,80}) Kernel Configuration$/;
/** Kernels before 3.x had the release alone: `# Linux kernel version: 2.6.32`. */
const OLD_HEADER = /^# Linux kernel version: (\S{1,80})$/;
const SET = /^(?:export )?(CONFIG_\w{1,120})=(.*)$/;
const NOT_SET = /^# (CONFIG_\w{1,120}) is not set$/;

/** The name of the file, as `grep` puts it before a line. */
const GREPPED = /^[\w./+~-]{1,200}:(?=(?:# )?CONFIG_)/;

interface Reading {
  readonly account: LineAccount;
  readonly options: Map<string, string>;
  header?: { readonly architecture?: string; readonly release: string };
}

function setOption({ account, options }: Reading, name: string, value: string, { number }: TextLine): void {
  const before = options.get(name);
  if (before !== undefined && before !== value) {
    const message = `${name} is ${showJson(before)} above and ${showJson(value)} here; the last one holds`;
    account.add({ code: 'duplicate-option', severity: 'warning', where: placeOf(number, 0), message });
  }
  options.set(name, value);
  account.read();
}

function readLine(reading: Reading, line: TextLine): void {
  const { account } = reading;
  const text = line.text.trim().replace(GREPPED, '');
  const header = HEADER.exec(text);
  const old = header === null ? OLD_HEADER.exec(text) : null;
  const set = SET.exec(text);
  const notSet = NOT_SET.exec(text);
  if (header !== null || old !== null) {
    reading.header ??= header === null ? { release: old![1]! } : { architecture: header[1]!, release: header[2]! };
    account.read();
  } else if (notSet !== null) setOption(reading, notSet[1]!, 'n', line);
  else if (set !== null) {
    const value = set[2]!.trim();
    if (isOptionValue(value)) setOption(reading, set[1]!, value, line);
    else account.unread(line, 'y, m, n, a number or a text in quotes', line.text.indexOf('=') + 1);
  } else if (text.startsWith('#') || text === '') account.passed();
  else account.unread(line, 'CONFIG_NAME=value, or "# CONFIG_NAME is not set"');
}

/**
 * Reads a `.config` of a kernel, as /boot/config-* and /proc/config.gz (unpacked) hold it; fragments too.
 *
 * @example
 * ```js
 * parseKernelConfig('CONFIG_ARM64_SVE=y\n').value.options.CONFIG_ARM64_SVE // → 'y'
 * ```
 */
export function parseKernelConfig(text: string): ParsedKernelConfig {
  const reading: Reading = { account: new LineAccount(), options: new Map() };
  for (const line of textLines(text)) if (line.text.trim() !== '') readLine(reading, line);
  const { account, header, options } = reading;
  const foreign = header?.architecture !== undefined && !/^arm/.test(header.architecture);
  const found: Diagnostic[] = foreign
    ? [
        {
          code: 'not-arm',
          severity: 'error',
          where: 'line 1',
          message: `this is the configuration of a kernel for ${header.architecture}, not arm64`,
        },
      ]
    : [];
  return {
    value: { ...header, options: Object.fromEntries(options) },
    diagnostics: [...found, ...account.diagnostics],
    lines: account.lines,
  };
}

/** The options that some fact of a kernel depends on. */
const TELLING: ReadonlySet<string> = new Set(OPTION_NAMES);

/** From so many options on a file is taken to be whole: one that it leaves out is not set. */
const WHOLE = 500;

/**
 * The options of a file that the rules ask for. A whole file sets those that it leaves out to `n`; a fragment leaves them to its base.
 *
 * @example
 * ```js
 * telledOptions({ options: { CONFIG_ARM64_SVE: 'y' } }).CONFIG_ARM64_SVE // → 'y'
 * ```
 */
export function telledOptions({ options }: KernelConfigFile): KernelConfig {
  const isWhole = Object.keys(options).length >= WHOLE;
  const config: Record<string, string> = {};
  for (const name of TELLING) {
    const value = Object.hasOwn(options, name) ? options[name] : undefined;
    if (value !== undefined || isWhole) config[name] = value ?? 'n';
  }
  return config as KernelConfig;
}

/**
 * Writes options as a kernel's `.config`, with the header that names a release.
 *
 * @example
 * ```js
 * formatKernelConfig({ options: { CONFIG_ARM64_SVE: 'y' } }).includes('CONFIG_ARM64_SVE=y') // → true
 * ```
 */
export function formatKernelConfig({ architecture = 'arm64', release, options }: KernelConfigFile): string {
  const header = release === undefined ? '' : `#\n# Linux/${architecture} ${release} Kernel Configuration\n#\n`;
  const lines = Object.entries(options).map(([name, value]) => (value === 'n' ? `# ${name} is not set\n` : `${name}=${value}\n`));
  return `${header}${lines.join('')}`;
}

/** Configurations of kernels. */
export const kernelConfigReader: Reader = {
  name: 'kernel-config',
  title: 'the configuration of a kernel (.config)',
  recognise(head) {
    if (/^# Linux\/\w{1,16} \S{1,80} Kernel Configuration$/m.test(head)) return 1;
    const lines = head.match(/^(?:[\w./+~-]{1,200}:)?(?:CONFIG_\w{1,120}=|# CONFIG_\w{1,120} is not set)/gm)?.length ?? 0;
    return lines === 0 ? 0 : Math.min(0.96, 0.7 + lines / 10);
  },
  read(text): ReadCapture {
    const { value, diagnostics, lines } = parseKernelConfig(text);
    const config = telledOptions(value);
    const kernel = { ...given({ release: value.release }), config };
    return { value: Object.keys(config).length === 0 && value.release === undefined ? {} : { kernel }, diagnostics, lines };
  },
};
