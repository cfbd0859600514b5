import { hwcapWordsIn } from '../auxv.ts';
import { kernelIn } from '../uname.ts';
import type { LineForm } from './forms.ts';
import { messageOf } from './log-prefix.ts';

/** What a line begins that a listing has but once: a CPU of that number, a boot. */
function beginningOf(form: LineForm | undefined, text: string): string | undefined {
  switch (form) {
    case 'cpuinfo':
      return /^\s*[Pp]rocessor\s*:\s*(\d{1,5})\b/.exec(text)?.[1];
    case 'lscpu':
      return /^\s*(Architecture|CPU\(s\)|Byte Order):/.exec(text)?.[1];
    case 'auxv':
      return /^\s*(AT_HWCAP[23]?)\b/.exec(text)?.[1];
    case 'kernel-log':
      return /^(Booting Linux|Linux version)\b/.exec(messageOf(text.slice(0, 400)))?.[1];
    default:
      return undefined;
  }
}

/** A key of macOS that tells of the CPU. */
const KEY = /^\s*((?:hw\.optional|hw\.cpu|machdep\.cpu\.brand)[\w.]{1,60}) ?[:=] ?(.{0,100})/;

/** A row that a tool's report has but once. */
const ROW = /(?:^|\s{2,})(Host|CPU): (\S.{0,100})/;

/** What a line says of a machine that is but one there, by what it is; a value that is not told in full may be the beginning of another. */
function toldIn(form: LineForm | undefined, text: string): readonly (string | undefined)[] | undefined {
  const head = text.slice(0, 400);
  if (form === 'macos-sysctl')
    return KEY.exec(head)
      ?.slice(1)
      .map((part) => `${part.trim()}\n`);
  if (form === 'uname') return ['kernel', kernelIn(head)];
  if (form === 'system-report') return ROW.exec(head)?.slice(1);
  const word = form === 'auxv' ? hwcapWordsIn(head)[0] : undefined;
  return word && [String(word.type), `${word.value}\n`];
}

/** A row of features. */
const FEATURES = /^\s*Features\s*:\s*(.*?)\s*$/;

/** Keeps what a listing has begun, to tell where it begins again: then what follows is of another machine, or of another time. */
export class Beginnings {
  readonly #seen = new Set<string>();
  /** What there is but one of. */
  readonly #values = new Map<string, string>();
  /** The row of features that stands there without a CPU behind it. */
  #features: string | undefined;

  /** Takes a line. */
  again(form: LineForm | undefined, text: string): boolean {
    const isChanged = this.#isChanged(toldIn(form, text));
    const beginning = beginningOf(form, text);
    const features = form === 'cpuinfo' ? FEATURES.exec(text.slice(0, 4000))?.[1] : undefined;
    if (features !== undefined) {
      const before = this.#features;
      this.#features = features;
      // A kernel prints one row for all its CPUs, as grep shows it many times.
      return before !== undefined && before !== features;
    }
    if (beginning === undefined) return isChanged;
    this.#features = undefined;
    // A log has its version behind its first line.
    const isSeen = this.#seen.has(beginning) || (beginning === 'Booting Linux' && this.#seen.has('Linux version'));
    if (!isSeen) this.#seen.add(beginning);
    return isSeen;
  }

  /** Whether what is told was told otherwise before: the same once more is of the same machine. */
  #isChanged([key, value]: readonly (string | undefined)[] = []): boolean {
    if (key === undefined || value === undefined) return false;
    const before = this.#values.get(key);
    if (before === undefined) this.#values.set(key, value);
    return before !== undefined && !before.startsWith(value) && !value.startsWith(before);
  }
}
