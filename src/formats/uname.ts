import { evidenceOf, type Word } from '../answers/guest/listings.ts';
import { isKnownConfig } from '../linux/release/config.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `Linux host 6.1.0-18-arm64 #1 SMP … aarch64 GNU/Linux`, without the host, or `Linux version 6.1…` of /proc/version. */
const LINE = /^\s*Linux (?:version )?(?:\S{1,64} )??(\d{1,3}\.\d{1,3}[\w.+~/-]{0,80})(?= |$)/;

/** What `uname -r` prints. */
const ALONE = /^\s*(\d{1,3}\.\d{1,3}\.\d{1,5}[\w.+~-]{0,80})\s*$/;

/** `Kernel: Linux 6.1.0-18-arm64` (WSL has its package's version there) of tools that describe a system, `Linux-6.5.0-1017-aws-aarch64-with-glibc2.35` of Python. */
const TOLD =
  /^\s*(?:[*-]\s*)?(?:Linux : (?=.{3,200} : aarch64\b)|Kernel(?: [Vv]ersion| [Rr]elease)?(?: \([^)]{1,30}\))?\s*:\s*(?:Linux )?|(?:Python )?[Pp]latform\s*:\s*Linux-|host os\s*:\s*`?Linux |uname(?: -[a-z]{1,4})?(?::| ->) (?:Linux )?|Release: (?=\S{5,20}-tegra)|.{1,20} \(running kernel: |System uname: Linux-|Welcome to Armbian .{1,60} with Linux |.{1,60} running Armbian Linux )(?!\d\d|\d\.\d-[A-Z]|(?:\d+\.){3}\d+-\d\s*$)(\d{1,3}\.\d{1,3}(?:\.\d{1,5})?(?:[\w.+~-]{0,80}?))(?=-(?:aarch64|arm64)-with|[\s,)]|$)/;

/** `kernel 5.10.205-195.804.amzn2.aarch64` in words: only a release with all its parts is one. */
const NAMED = /^\s*(?:[*-]\s*)?(?:linux )?kernel(?: version| release)?(?: is|:|=)?\s+v?(\d{1,3}\.\d{1,3}\.\d{1,5}[+-][\w.+~-]{2,80})\s*$/i;

/** The same within a sentence, where the architecture stands at its end: `kernel 6.18.10-200.fc43.aarch64`. */
const NAMED_WITHIN = /\bkernel(?: version| release)?:? v?(\d{1,3}\.\d{1,3}\.\d{1,5}-[\w.+~-]{1,80}\.(?:aarch64|arm64))(?![\w-])/i;

/** Python's `uname_result(system='Linux', node=…, release='6.6.20', …)`, Prometheus' node_uname_info, a node of Kubernetes, and Home Assistant. */
const STRUCTURED =
  /\b(?:uname_result\(sys(?:tem|name)='Linux',|node_uname_info\{).{0,200}?\brelease=['"](\d{1,3}\.\d{1,3}[\w.+~-]{0,80})['"]|^\s*(?:(?:"?(?:[kK]ernelVersion|kernel_version|osRelease)"?|"kernel") ?: "?|os_version \| (?=.{0,40}-))(\d{1,3}\.\d{1,3}[\w.+~-]{0,80})"?,?\s*$/;

/** The same in other languages. */
const NAMED_ABROAD =
  /(?:内核|核心|カーネル|커널|(?:[Nn]oyau|N[úu]cleo|[Яя]дро)(?: Linux)?(?= ?:))(?:版本|버전|は|是|为|为：|：|:| )*\s?(?:Linux )?(\d{1,3}\.\d{1,3}\.\d{1,5}(?:[\w.+~-]{0,80}\w)?)/;

/** OSHI, a Java library: `GNU/Linux Ubuntu 20.04.5 LTS (Focal Fossa) build 5.15.0-1022-aws`. */
const OSHI = /\d \w{0,8} ?\([A-Z][\w ]{2,40}\) build (\d{1,3}\.\d{1,3}\.\d{1,5}-[\w.+~-]{1,80})\s*$/;

/** What `uname -a` prints, in a sentence or behind a name: with its build's number, or the architecture at its end; and VS Code. */
const WITHIN =
  /\bLinux (?:version )?(?:[\w.-]{1,64} )??(\d{1,3}\.\d{1,3}[\w.+~/-]{0,80})(?: (?=.{0,300}(?:#\d|aarch64|GNU\/Linux))|(?<=\bLinux arm64 \S{3,90})(?=\W*$))/;

/** How releases of Debian's kernels end, by the configuration. */
const DEBIAN_FLAVOURS = [
  ['debian-16k', '-arm64-16k'],
  ['debian-cloud', '-cloud-arm64'],
  ['debian-rt', '-rt-arm64'],
  ['debian', '-arm64'],
] as const;

/**
 * The kernel of a release, by the rest of what `uname -a` or /proc/version says: in `6.1.0-50-arm64 #1 SMP Debian 6.1.176-1` Debian's own
 * version tells the stable update that the release hides, and who configured it.
 */
export function kernelToldBy(release: string, version: string): { readonly release: string; readonly config?: string } {
  const debian = /\bSMP.{0,40} Debian (\d{1,3}\.\d{1,3}\.\d{1,4})-/.exec(version)?.[1];
  if (debian === undefined) return { release };
  const config = DEBIAN_FLAVOURS.find(([, ending]) => release.endsWith(ending))?.[0];
  return { release: debian, ...(config !== undefined && isKnownConfig(config, debian) ? { config } : {}) };
}

/** The kernel that a line of a description names. */
export function kernelIn(text: string): string | undefined {
  const structured = STRUCTURED.exec(text);
  if (structured !== null) return structured[1] ?? structured[2];
  return (TOLD.exec(text) ??
    NAMED.exec(text) ??
    NAMED_WITHIN.exec(text) ??
    NAMED_ABROAD.exec(text) ??
    OSHI.exec(text) ??
    WITHIN.exec(text))?.[1];
}

/** Whether a line of a description names the kernel. */
export function isKernelRow(text: string): boolean {
  return kernelIn(text) !== undefined;
}

/** What `uname -a` or /proc/version say, alone or in a description of a system. */
export const unameReader: Reader = {
  name: 'uname',
  title: "the kernel's version",
  recognise(head) {
    const lines = [...textLines(head)].filter(({ text }) => text.trim() !== '');
    const found = lines.filter(({ text }) => LINE.test(text.slice(0, 400)));
    if (found.length !== 1) return 0;
    return lines.length === 1 ? 0.95 : /^Kernel\s*$/m.test(head) && lines.length < 100 ? 0.6 : lines.length < 10 ? 0.3 : 0;
  },
  read(text) {
    const account = new LineAccount();
    let kernel: ReturnType<typeof kernelToldBy> | undefined;
    let uname: Word | undefined;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const plain = line.text.slice(0, 400);
      const found = kernel === undefined ? (LINE.exec(plain)?.[1] ?? kernelIn(plain) ?? ALONE.exec(plain)?.[1]) : undefined;
      if (found === undefined) account.passed();
      else {
        kernel = kernelToldBy(found, plain);
        uname = { text: plain.trim(), at: evidenceOf('', line.number, line.text) };
        account.read();
      }
    }
    return {
      value: kernel === undefined || uname === undefined ? {} : { kernel, uname },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
