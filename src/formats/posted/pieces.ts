/**
 * A text may hold several listings: an issue's body with a /proc/cpuinfo and a log, a note with lsusb and lsblk under headings, a shell
 * session. A piece is a run of lines of one form; it begins with a line that is of that form by itself, or behind a prompt whose command
 * prints it, and ends where another form begins, at a fence, at a prompt, or where words stand that are of no listing.
 *
 * @module
 */
import { given } from '../../given.ts';
import { Beginnings } from './beginnings.ts';
import { formOfCommand, formOfLine, isFence, type LineForm } from './forms.ts';
import { cutFront, type PostedLine, reworded } from './posted-line.ts';
import { promptOf } from './prompt.ts';

/** A run of lines of one form. */
export interface Piece {
  /** Absent if no line tells it: a reader may still know the whole. */
  readonly form?: LineForm;
  readonly lines: readonly PostedLine[];
  /** The folder that a listing of names is of, where a prompt or the command tells. */
  readonly folder?: string;
  /** The machine that the prompt before it names, or the table that it is of. */
  readonly host?: string;
  /** Whether it begins with what the one before has, too. */
  readonly isAgain?: boolean;
}

/** Forms whose lines may go on with lines that nothing marks: a tree's fields, columns, bare names. */
const OPEN_FORMS: ReadonlySet<LineForm> = new Set<LineForm>([
  'lshw',
  'lsusb',
  'lspci',
  'lsblk',
  'lsmod',
  'dmidecode',
  'ip-link',
  'interrupts',
  'virtio',
  'ls',
  'detect-virt',
]);

/** Words of a person: a sentence, or text in a script without blanks between words. */
const PROSE =
  /^\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}（]|[A-Z][a-z']*,? (?:[a-z']+[,.]? ){3,})|[a-z] [a-z]+[.!?:]\s*$/u;
/** The last line of a list of hwcaps: a name or two. */
const NAMES = /^\s*[a-z][a-z0-9]{1,19}(?:\s+[a-z][a-z0-9]{1,19}){0,2}\s*$/;
/** A row that /proc/cpuinfo alone has; tools have a row `Features:`, too. */
const OF_CPUINFO = /^\s*(?:processor\s*:\s*\d{1,4}\s*$|Features\t+:|CPU (?:implementer|architecture|variant|part|revision)\s*:)/;
const UNDERLINE = /^\s*([=~*^#-])\1{2,}\s*$/;

/** How many empty lines may stand in a listing before it is over, where nothing marks its lines. */
const MOST_EMPTY = 1;

interface Open {
  form: LineForm | undefined;
  lines: PostedLine[];
  folder?: string;
  empty: number;
  readonly beginnings: Beginnings;
  /** How bare values read, where the command names their files; and how many there were. */
  readonly wording?: Wording;
  values: number;
  isAgain?: boolean;
  /** Whether a prompt began it: then what follows is what the command printed, whatever it looks like. */
  printed: boolean;
}

/** What `ls` was asked for: the folder that it names, else the one that the prompt shows. */
function folderOf(command: string, shown: string | undefined): string | undefined {
  const named = command
    .split(/\s+/)
    .slice(1)
    .find((word) => /^[~/.]/.test(word));
  return named ?? (shown !== undefined && /^[~/]/.test(shown) ? shown : undefined);
}

/** Words what is printed of a file, the number of the value given, so that it tells what it is; `undefined` if it is no such value. */
type Wording = (value: string, index: number) => string | undefined;

/** A register's file of sysfs: one for each CPU, in the order of their names. */
const REGISTER = /\bcpu(?:\*|\[\d-\d\]|(\d{1,4}))?\/regs\/identification\/(\w+_el1)\b/;

/** Files of SMBIOS and of the device tree's name for the machine, and what sysctl is asked. */
const NAMED = /(\/dmi\/id\/\w{1,32})(?![\w*])|\/(?:device-tree|devicetree\/base)\/model\b|(?<=^sysctl -n )((?:machdep|hw)\.[\w.]+)$/g;

/** How values read that a command shows without their names, as `cat` does: as they would behind them. */
function wordingOf(command: string): Wording | undefined {
  const [, first = 0, register] = REGISTER.exec(command) ?? [];
  if (register !== undefined)
    return (value, index) =>
      /^0x[0-9a-f]{4,16}$/i.test(value)
        ? `/sys/devices/system/cpu/cpu${Number(first) + index}/regs/identification/${register}:${value}`
        : undefined;
  const names = /^(?:sudo )?(?:cat|head|more|sysctl) /.test(command) ? [...command.matchAll(NAMED)] : [];
  if (names.length === 0) return undefined;
  return (value, index) => {
    const [found, file, key] = names[index] ?? [];
    return found === undefined ? undefined : `${file ?? key ?? 'Machine model'}: ${value}`;
  };
}

/** A heading that says on which side of a hypervisor what follows was seen: `On the host:`, `Guest (QEMU 8.2):`. */
const SIDE =
  /^\W{0,6}(?:and |then )?(?:(?:on|in|inside|within|from) )?(?:the |my )?(host|guest|vm|virtual machine)(?: (?:os|side|system|machine|kernel|log|dmesg|output|console)){0,2}(?: \(.{1,60}\))?:\W{0,4}$/i;

class Splitter {
  readonly pieces: Piece[] = [];
  #open: Open | undefined;
  #host: string | undefined;
  #device: string | undefined;

  close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    while (open.lines.at(-1)?.text.trim() === '') open.lines.pop();
    if (open.lines.length === 0) return;
    const { form, lines, folder, isAgain } = open;
    this.pieces.push({ lines: dedented(lines), ...given({ form, folder, isAgain, host: this.#host }) });
  }

  #begin(form: LineForm | undefined, printed = false, told: Pick<Open, 'folder' | 'wording'> = {}): Open {
    this.close();
    this.#open = { form, lines: [], empty: 0, printed, beginnings: new Beginnings(), values: 0, ...told };
    return this.#open;
  }

  line(line: PostedLine): void {
    const { text, device } = line;
    if (device !== this.#device) {
      this.close();
      this.#host = device;
      this.#device = device;
    }
    if (isFence(text)) {
      this.close();
      return;
    }
    const prompt = promptOf(text);
    if (prompt !== undefined) {
      const form = formOfCommand(prompt.command);
      const folder = form === 'ls' ? folderOf(prompt.command, prompt.folder) : undefined;
      this.close();
      this.#host = prompt.host ?? this.#host;
      this.#begin(form, true, given({ folder, wording: wordingOf(prompt.command) }));
      return;
    }
    const side = SIDE.exec(text.slice(0, 120))?.[1]?.toLowerCase();
    if (side !== undefined) {
      this.close();
      this.#host = side === 'host' ? side : 'guest';
    }
    const open = this.#open;
    if (text.trim() === '') {
      if (open !== undefined && ++open.empty <= this.#mostEmpty(open)) open.lines.push(line);
      else if (open?.form !== undefined && OPEN_FORMS.has(open.form)) this.close();
      return;
    }
    this.#full(line, open);
  }

  #mostEmpty({ form, printed }: Open): number {
    return form !== undefined && OPEN_FORMS.has(form) && !printed ? MOST_EMPTY : Number.POSITIVE_INFINITY;
  }

  #full(posted: PostedLine, open: Open | undefined): void {
    const worded = open?.wording?.(posted.text.trim(), open.values);
    if (worded !== undefined) open!.values++;
    const line = worded === undefined ? posted : reworded(posted, worded);
    const form = formOfLine(line.text);
    const belongs = open !== undefined && this.#belongs(open, form, line);
    if (belongs && !open.beginnings.again(open.form ?? form, line.text)) {
      open.lines.push(line);
      open.empty = 0;
      open.form ??= form;
      return;
    }
    const next = this.#begin(form ?? (belongs ? open.form : undefined));
    if (belongs) next.isAgain = true;
    next.lines.push(line);
    next.beginnings.again(form, line.text);
  }

  /** Whether a line that is not empty goes on with what is open. */
  #belongs(open: Open, form: LineForm | undefined, { text }: PostedLine): boolean {
    if (form !== undefined)
      return (
        open.form === form ||
        (open.form === undefined && open.printed && open.lines.length === 0) ||
        (isAlike(open.form, form, text) && (open.empty === 0 || form !== 'features-line'))
      );
    if (open.form === undefined) return true;
    if (open.form === 'features-line') return open.empty === 0 && NAMES.test(text);
    if (open.printed && open.empty === 0) return true;
    if (open.empty > 0 && PROSE.test(text)) return false;
    return OPEN_FORMS.has(open.form) ? !PROSE.test(text) && !UNDERLINE.test(text) && !(open.empty > 0 && !/^\s/.test(text)) : true;
  }
}

/** Whether a line that looks like another form may stand in a listing: fields of SMBIOS and names of files look like anything. */
function isAlike(open: LineForm | undefined, form: LineForm, text: string): boolean {
  if ((open === 'cpuinfo' || open === 'lscpu') && form === 'features-line') return true;
  if (open === 'lshw' && form === 'features-line') return true;
  if (open === 'system-report')
    return form === 'uname' || form === 'features-line' || (form === 'cpuinfo' && !OF_CPUINFO.test(text)) || /^Vendor ID: /.test(text);
  if (open === 'hostnamectl') return form === 'lscpu' || form === 'uname';
  if (open === 'dmidecode' || open === 'ls') return form !== 'kernel-log' && form !== 'cpuinfo';
  return open === 'kernel-log' && (form === 'registers' || form === 'uname' || form === 'ip-link');
}

/** Takes off the blanks that all lines have in front. */
export function dedented(lines: readonly PostedLine[]): readonly PostedLine[] {
  let least = Number.POSITIVE_INFINITY;
  for (const { text } of lines) if (text.trim() !== '') least = Math.min(least, text.length - text.trimStart().length);
  if (least === 0 || least === Number.POSITIVE_INFINITY) return lines;
  return lines.map((line) => cutFront(line, Math.min(least, line.text.length)));
}

/** Splits a text, peeled, into its pieces. Every line that is not empty is in one of them, but prompts and fences. */
export function splitPieces(lines: readonly PostedLine[]): readonly Piece[] {
  const splitter = new Splitter();
  for (const line of lines) splitter.line(line);
  splitter.close();
  return splitter.pieces;
}
