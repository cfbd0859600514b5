import { namesOfLines } from '../../answers/infer/line.ts';
import { isAnsibleFact } from '../ansible.ts';
import { isArmCpuInfoRow } from '../arm-cpu-info.ts';
import { hasHwcapWord } from '../auxv.ts';
import { isDmiIdRow } from '../dmidecode.ts';
import { isFacterRow } from '../facter.ts';
import { isWorkaroundLine } from '../firmware-log.ts';
import { beginsHostnamectl } from '../hostnamectl.ts';
import { begins, FEW_NAMES, isCut, isHwcapList } from '../hwcap-list.ts';
import { isJvmCpuLine } from '../jvm-error.ts';
import { parseLogMessage } from '../kernel-log-line.ts';
import { isNodeRow } from '../kubernetes.ts';
import { isDiagnosticsRow } from '../linker-diagnostics.ts';
import { isSigillLine } from '../sigill.ts';
import { isSysfsCpuRow } from '../sysfs-cpu.ts';
import { isReportRow } from '../system-report.ts';
import { isKernelRow } from '../uname.ts';
import { splitMessage } from './log-prefix.ts';

/**
 * The forms whose lines are known by themselves. A text may hold several; a form that is not here is recognised as a whole, by its
 * reader.
 */
export type LineForm =
  | 'kernel-log'
  | 'cpuinfo'
  | 'lscpu'
  | 'auxv'
  | 'uname'
  | 'hostnamectl'
  | 'macos-sysctl'
  | 'kernel-config'
  | 'libvirt'
  | 'qemu-error'
  | 'system-report'
  | 'kubernetes'
  | 'ansible'
  | 'facter'
  | 'jvm-error'
  | 'sysfs-cpu'
  | 'registers'
  | 'arm-cpu-info'
  | 'sigill'
  | 'firmware-log'
  | 'xen-log'
  | 'features-line'
  | 'lshw'
  | 'lsusb'
  | 'lspci'
  | 'lsblk'
  | 'lsmod'
  | 'dmidecode'
  | 'ip-link'
  | 'interrupts'
  | 'virtio'
  | 'ls'
  | 'detect-virt';

function isLogLine(text: string): boolean {
  const { text: message, stamped } = splitMessage(text);
  if (stamped) return true;
  if (
    /^(?:Linux version \d|Booting Linux on physical CPU |Kernel command line: |Machine model: \S|DMI: \S|Hardware name: \S|pstate: [0-9a-f]{8,16} \(|CPU: \d{1,4} (?:UID: \d{1,9} )?PID: \d{1,9} Comm: \S)/.test(
      message,
    )
  )
    return true;
  return (
    parseLogMessage(message) !== undefined ||
    (message.length < text.trim().length && /\bkernel(?:\[\d+\])?: (?!\d+\.\d+\.\S+\s*$|Linux\s*$)/.test(text.slice(0, 200)))
  );
}

/** How the names of a Features line begin, where a sentence repeats them: in the kernel's order. Lines joined by hand leave wide gaps. */
const QUOTED = /(?<![\w-])fp,?\s{1,3}asimd,?\s(?:\s{0,80}[a-z][a-z0-9]{1,19}(?:,|(?=\s)|$|(?=[^\w,])))*/;

/** The names of a Features line that stand in a sentence, with the mark at which they break off; `undefined` if none do. */
export function namesInSentence(text: string): string | undefined {
  const found = QUOTED.exec(text);
  if (found === null) return undefined;
  const words = found[0].split(/[\s,]+/).filter((word) => word !== '' && word !== 'and');
  const known = namesOfLines();
  const end = words.findIndex((word) => !known.has(word));
  const names = end < 0 ? words : words.slice(0, end);
  if (names.length <= FEW_NAMES) return undefined;
  const rest = `${words.slice(names.length).join(' ')} ${text.slice(found.index + found[0].length)}`.trim();
  const [next = ''] = /^\S{1,40}/.exec(rest.replace(/^[,\s]+/, '')) ?? [];
  const isTorn = next !== '' && next === rest && begins(next);
  return [...names, ...(isTorn || isCut(next) ? [next] : [])].join(' ');
}

const LSCPU =
  /^\s*(?:Architecture|CPU op-mode\(s\)|Address sizes|Byte Order|CPU\(s\)|On-line CPU\(s\) list|Vendor ID|Model name|Stepping|Thread\(s\) per (?:core|cluster|socket)|Core\(s\) per (?:cluster|socket)|Socket\(s\)|Cluster\(s\)|CPU (?:max|min) MHz|CPU\(s\) scaling MHz|Frequency boost|Flags|L\d[di]? cache|L\d[di]?|NUMA node\S*(?: CPU\(s\))?|Vulnerability [\w ]+|BIOS Vendor ID|BIOS Model name|BIOS CPU family|Hypervisor vendor|Virtualization(?: type)?|Spec store bypass|Spectre v\d|Meltdown):|^\s*Model:\s+(?:\d{1,3}|-)\s*$/;

/** Whether QEMU or libvirt refuse a CPU in a line. */
export function isQemuError(text: string): boolean {
  return /Could not set register op0|CPU mode 'host-\w{5,11}' for aarch64|KVM is not supported for this guest CPU|CPU model with PVR/.test(
    text,
  );
}

/** A row of /proc/cpuinfo that someone typed: whatever it is called, its value is a list of hwcaps, with blanks around the colon. */
function isMisspeltFeatures(text: string): boolean {
  const value = /^\s*\w{4,12}\s+:\s+(fp\s.*)$/.exec(text)?.[1];
  return value !== undefined && isHwcapList(value.replace(/\s\S{0,20}$/, ''));
}

/** How lscpu begins in another language. */
const TRANSLATED = /^\s*(?:[^\p{ASCII}]\S{0,20}|Ar[ck]h?ite[ck]\w{2,8}|Arquitec?tura)\s{0,4}:\s+(?:aarch64|armv8l)\s*$/u;

/** What a line of each form looks like; the first one that fits is it. */
const LINES: readonly (readonly [LineForm, (text: string) => boolean])[] = [
  ['xen-log', (text) => /^\s*\(XEN\)/.test(text)],
  ['sigill', isSigillLine],
  ['firmware-log', isWorkaroundLine],
  ['kernel-log', isLogLine],
  [
    'cpuinfo',
    (text) =>
      /^\s*(?:[Pp]rocessor\s*:\s*(?:\d|AArch64|ARMv(?!8 \w+-))|Features\s*:(?!\s*[A-Z]{2})|CPU (?:implementer|architecture|variant|part|revision)\s*:|model name\t*:|Hardware\t+:|Serial\t+:)/.test(
        text,
      ) || isMisspeltFeatures(text),
  ],
  ['jvm-error', isJvmCpuLine],
  ['hostnamectl', beginsHostnamectl],
  ['system-report', isReportRow],
  ['kubernetes', isNodeRow],
  ['ansible', isAnsibleFact],
  ['facter', isFacterRow],
  ['sysfs-cpu', isSysfsCpuRow],
  ['arm-cpu-info', isArmCpuInfoRow],
  ['libvirt', (text) => /^\s*<(?:capabilities|domainCapabilities|domain type=|cpu (?:mode|match)=)/.test(text)],
  ['qemu-error', isQemuError],
  ['lscpu', (text) => LSCPU.test(text) || TRANSLATED.test(text)],
  ['auxv', (text) => (/hwcap|getauxval|^\s*AT_/i.test(text) && hasHwcapWord(text)) || isDiagnosticsRow(text)],
  ['uname', isKernelRow],
  ['macos-sysctl', (text) => /^\s*(?:hw|machdep)\.[a-z][\w.]{2,60} ?[:=] ?\S/.test(text)],
  ['kernel-config', (text) => /^\s*(?:CONFIG_[A-Z0-9_]+=\S|# CONFIG_[A-Z0-9_]+ is not set)/.test(text)],
  ['lshw', (text) => /^\s*\*-[a-z][\w:]*(?: [A-Z]+)*\s*$/.test(text)],
  [
    'lsusb',
    (text) =>
      /^\s*(?:Bus \d+ Device \d+: ID [0-9a-f]{4}:[0-9a-f]{4}|\/: {1,4}Bus \d+\.Port \d+: Dev \d+|\|__ Port \d+: Dev \d+)/i.test(text),
  ],
  ['lspci', (text) => /^\s*(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] \S/i.test(text)],
  [
    'lsblk',
    (text) =>
      /^\s*NAME +\S.*\b(?:SIZE|TYPE)\b|^[\s│├└─|`-]*(?:[a-z]{1,6}\d{0,4}[a-z]?\d{0,4}(?:n\d+)?(?:p\d+)?) +\d{1,3}:\d{1,5} +[01] +[\d.]+[BKMGTP]? +[01] +(?:disk|part|rom|loop|lvm|crypt|raid\d+)/.test(
        text,
      ),
  ],
  ['lsmod', (text) => /^\s*Module +Size +Used by/.test(text)],
  ['dmidecode', (text) => /^\s*(?:# dmidecode \d|Handle 0x[0-9a-f]{4}, DMI type \d|SMBIOS \d.* present)/i.test(text) || isDmiIdRow(text)],
  ['ip-link', (text) => /^\s*(?:\d+: [\w@.-]+: <|link\/(?:ether|loopback) )/.test(text)],
  ['interrupts', (text) => /^ +CPU0(?!\S)/.test(text)],
  ['virtio', (text) => /^\s*virtio\d+ 0x[0-9a-f]{4}\b/.test(text)],
  [
    'registers',
    (text) =>
      /^[\s>*-]*MIDR:\s*0x[0-9a-f]{8}\s*$|\b(?:MIDR_EL1|ID_AA64\w{3,6}_EL1|ID_(?:PFR|ISAR|MMFR|DFR)\d_EL1)\b(?:\s*(?:[:=|]|sys_val =|is)\s*|\s+)(?:0x)?[0-9a-f]{4,16}\b/i.test(
        text,
      ),
  ],
  ['features-line', (text) => isHwcapList(text) || namesInSentence(text) !== undefined],
  ['ls', (text) => /^\s*(?!\/(?:proc|etc)\/\w+(?:-\w+)?\s*$)(?:~|\.{0,2})(?:\/[\w.+@-]+){2,20}\/?\s*$/.test(text)],
];

/** The form of a line that tells it by itself. */
export function formOfLine(text: string): LineForm | undefined {
  if (text.length === 0 || text.length > 20_000) return undefined;
  const head = text.slice(0, 400);
  return LINES.find(([, test]) => test(head))?.[0];
}

/** What a command prints. The first word that is one of these, behind `sudo`, names it. */
const COMMANDS: readonly (readonly [RegExp, LineForm])[] = [
  [/\/proc\/cpuinfo\b/, 'cpuinfo'],
  [/\/proc\/interrupts\b/, 'interrupts'],
  [/\/proc\/config(?:\.gz)?\b|\/boot\/config-/, 'kernel-config'],
  [/\/proc\/version\b/, 'uname'],
  [/\bLD_SHOW_AUXV=|--list-diagnostics\b|^info auxv\b/, 'auxv'],
  [/\bregs\/identification\b/, 'registers'],
  [/\/dmi\/id\//, 'dmidecode'],
  [/^(?:dmesg|journalctl|logcat|(?:cat|tail|zcat|less) \S*(?:cmdline|kern|dmesg|syslog|last_kmsg|console-ramoops))/, 'kernel-log'],
  [/^lscpu\b/, 'lscpu'],
  [/^uname\b/, 'uname'],
  [/^hostnamectl\b/, 'hostnamectl'],
  [/^lshw\b/, 'lshw'],
  [/^lsusb\b/, 'lsusb'],
  [/^lspci\b/, 'lspci'],
  [/^lsblk\b/, 'lsblk'],
  [/^(?:lsmod|cat \/proc\/modules)\b/, 'lsmod'],
  [/^dmidecode\b/, 'dmidecode'],
  [/^(?:ip (?:-\S+ )*(?:l|link|a|addr|address)|ifconfig)\b/, 'ip-link'],
  [/^(?:systemd-detect-virt|virt-what|cat \/sys\/hypervisor\/type)\b/, 'detect-virt'],
  [/^sysctl\b/, 'macos-sysctl'],
  [/^(?:facter|puppet facts)\b/, 'facter'],
  [/^openssl\b|^isainfo\b|^(?:\.\/)?cpufetch\b|^(?:\.\/)?cpuid\s*$|^archspec cpu\b|^spack arch\b/, 'system-report'],
  [/^(?:virsh (?:-\S+ \S+ )?)?(?:capabilities|domcapabilities|dumpxml|hypervisor-cpu-baseline|cpu-baseline)\b/, 'libvirt'],
  [/^(?:inxi|neofetch|fastfetch|screenfetch)\b/, 'system-report'],
  [/^(?:ls|ll|find|tree)\b/, 'ls'],
];

/** The form of what a command prints, if it is one of those that are read. */
export function formOfCommand(command: string): LineForm | undefined {
  const bare = command
    .replace(/^(?:sudo(?: -\S+)* |adb (?:-\S+ \S+ )?shell (?:su -c )?|ssh \S+ |docker (?:exec|run) (?:-\S+ )*\S+ |\w+=\S* )+/, '')
    .replace(/^['"]/, '');
  return COMMANDS.find(([pattern]) => pattern.test(bare) || pattern.test(command))?.[1];
}

const FENCE = /^\s*(?:`{3,}|~{3,}|\[\/?code\]|\{(?:code|noformat|panel|quote)(?::[^}]{0,80})?\}|<\/?(?:pre|code|details|summary)\b)/i;
/** A shell's prompt behind which nothing was typed. */
const BARE_PROMPT = /^\s*\[?[\w.-]{1,40}@[\w.-]{1,64}:? ?[~/][^\s$#%]{0,80} ?\]?[$#%]\s*$/;

/** Whether a line only heads or fences what follows: it belongs to no listing. */
export function isFence(text: string): boolean {
  return FENCE.test(text) || BARE_PROMPT.test(text);
}
