import { isArchspecTarget } from '../archspec.ts';
import { hwcapWordsIn } from '../auxv.ts';
import { registerLineKind } from '../register-text.ts';
import { kernelIn } from '../uname.ts';
import { messageOf } from './log-prefix.ts';

/** What a line begins that a listing has but once: a CPU of that number, a boot. */
function beginningOf(form: string | undefined, text: string): string | undefined {
  switch (form) {
    case 'cpuinfo':
      return /^\s*[Pp]rocessor\s*:\s*(\d{1,5})\b/.exec(text)?.[1];
    case 'lscpu':
      return /^\s*(Architecture|CPU\(s\)|Byte Order):/.exec(text)?.[1];
    case 'auxv':
      return /^\s*(AT_HWCAP[23]?)\b/.exec(text)?.[1];
    case 'kubernetes':
      return /^(Name):\s+\S/.exec(text)?.[1];
    case 'kernel-log':
      return /^(Booting Linux|Linux version)\b/.exec(messageOf(text.slice(0, 400)))?.[1];
    // A CPU of a dump of registers
    case 'registers':
      return registerLineKind(text) === 'heading' ? /\d+/.exec(text)?.[0] : undefined;
    case 'dmidecode':
      return /^Handle 0x\w{4}, (DMI type [01]),/.exec(text)?.[1];
    case 'lshw':
      return /^\s*(\*-core)\s*$/.exec(text)?.[1];
    // neofetch and its like begin with the system, and tell the CPU further below.
    case 'system-report':
      return /(?:^|\s\s)(OS): .{1,60} (?:aarch64|arm64)\s*$/.exec(text.slice(0, 400))?.[1];
    case 'facter':
      return /^([a-z]\w{0,40}) => /.exec(text)?.[1];
    case 'jvm-error':
      return /^\s*(CPU: ?total) \d/.exec(text)?.[1];
    case 'firmware-log':
      return /^\s*NOTICE: {1,8}(BL\d{1,2}): v?\d/.exec(text)?.[1];
    case 'freebsd-boot':
      return /^[> ]*(CPU {0,3}\d{1,4}): .*(?:affinity:| r\d+p\d+|midr:)/.exec(messageOf(text.slice(0, 400)))?.[1];
    case 'openbsd-boot':
    case 'netbsd-boot':
      return /^(cpu\d{1,4} at |(?:Open|Net)BSD(?= \d\S{0,30} \([\w.]{1,40}\) #))/.exec(messageOf(text.slice(0, 400)))?.[1];
    case 'xen-log':
      return /^[\s>]*\(XEN\).{0,60}? (Xen version|Processor:) \S/.exec(text.slice(0, 400))?.[1];
    default:
      return undefined;
  }
}

/** What a machine has but one of: what it is, and its value. */
const SINGLES: Readonly<Record<string, RegExp>> = {
  'macos-sysctl': /^\s*((?:hw\.optional|hw\.cpu|machdep\.cpu\.brand)[\w.]{1,60}) ?[:=] ?(.{0,100})/,
  'system-report':
    /^(?:.{0,60}\s{2,})?\W{0,2}(Host|CPU|CPU Model|Processor|Kernel|Identifier|os release)\s{0,30}(?:: |\s{3})\s*(\S.{0,100})|^(Apple)( [AM]\d.{0,12}), \d CPU|^\s*(SVE max length): (\d.*)|\b(system_info): n_threads = .{1,60}? \/ (.{0,300})/,
  'kernel-log': /\b(PID): .{1,60}(?:Not tainted|Tainted: [A-Z ]{1,60}?) (\d\.\d\S{1,80}) #/,
  kubernetes: /\bkubernetes\.io\/(hostname)[=:]"?([\w.-]+)|\s(?:Not)?(Ready)\b.{0,300}\s(\d\.\d{1,3}\.\S{1,80})\s/,
  registers: /^(.{0,80}?\b\w{3,15}_EL[01])\b\W{1,40}(?:0x)?0*([0-9a-f]{1,16})\b/i,
  ansible: /\b(ansible_(?:kernel|hostname))"?: (\S+)/,
};

/** What a line tells that a machine has but one of; a kernel that is not told in full may be the beginning of another. */
function toldIn(form: string | undefined, text: string): readonly (string | undefined)[] | undefined {
  const head = text.slice(0, 400);
  if (form === 'uname') return ['kernel', kernelIn(head)];
  const word = form === 'auxv' ? hwcapWordsIn(head)[0] : undefined;
  if (word !== undefined) return [String(word.type), `${word.value}\n`];
  if (form === 'system-report' && isArchspecTarget(head)) return ['archspec', `${/(?<!\w)\w*$/.exec(head.trim())![0]}\n`];
  const told = form === undefined ? undefined : SINGLES[form]?.exec(head)?.slice(1);
  return told?.filter((one) => one !== undefined).map((one) => `${one.trim()}\n`);
}

/** A row of features. */
const FEATURES = /^\s*Features\s*:(.*)/;

/** Keeps what a listing has begun, to tell where it begins again: then what follows is of another machine, or of another time. */
export class Beginnings {
  /** A node's name stands before what marks its description as one. */
  readonly #seen = new Set<string>(['Name']);
  /** What there is but one of. */
  readonly #values = new Map<string, string>();
  /** The row of features that stands there without a CPU behind it. */
  #features: string | undefined;

  /** Takes a line. */
  again(form: string | undefined, text: string): boolean {
    const isChanged = this.#isChanged(toldIn(form, text));
    const beginning = beginningOf(form, text);
    if (form === 'system-report' && /(?:^|\s\s)CPU: /.test(text.slice(0, 400))) this.#seen.add('OS');
    const features = form === 'cpuinfo' ? FEATURES.exec(text.slice(0, 4000))?.[1]?.trim() : undefined;
    if (features !== undefined) {
      const before = this.#features;
      this.#features = features;
      // A kernel prints one row for all its CPUs, as grep shows it many times.
      return before !== undefined && before !== features;
    }
    if (beginning === undefined) return isChanged;
    this.#features = undefined;
    // Each CPU has its own registers.
    if (form === 'registers') this.#values.clear();
    // A log has its version behind its first line.
    const isSeen =
      this.#seen.has(beginning) ||
      (beginning === 'Booting Linux' && this.#seen.has('Linux version')) ||
      // The heading of the first CPU stands before all that tells the form.
      (form === 'registers' && beginning === '0' && this.#seen.size > 1);
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
