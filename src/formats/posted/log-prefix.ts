/**
 * What tools, vendors and consoles put before a message of the kernel. A line may have several, one before the other: a CI's time,
 * a console's, a priority, the kernel's own stamp, and who printed it.
 */

/** Before the kernel's own stamp, or instead of it. */
const OUTER: readonly RegExp[] = [
  // Priority: syslog's, /proc/kmsg's.
  /^<\d{1,3}>/,
  // RFC 5424, behind the priority: version, time, host, program and three fields that are empty.
  /^1 \d{4}-\d\d-\d\dT\S{8,30} \S{1,64} kernel (?:- ?|\S{1,32} ?){1,3}(?=\[|[A-Za-z])/,
  // `dmesg -x`: facility and level.
  /^(?:kern|user|mail|daemon|auth|authpriv|syslog|lpr|news|uucp|cron|ftp|local\d) {0,8}:(?:emerg|alert|crit|err|warn|notice|info|debug) {0,8}: ?/,
  // /dev/kmsg: priority, number, microseconds, flags.
  /^\d{1,4},\d{1,12},\d{1,16},[^;\s]{1,40};/,
  // A date and a time, as CI systems, containers and log collectors write them.
  /^\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?:[ \t]+|: )(?:\d\d[OE]\+? )?/,
  /^\d{1,10}\.\d{6}[ \t]+(?=\S{1,64} kernel)/,
  // logcat: `11-12 10:11:12.743  0  0 I kernel  : `, `I/kernel (  0): `.
  /^(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9} +(?:\S{1,24} +){0,3}[VDIWEFA]\/? ?[\w.-]{0,32} *(?:\( *\d{1,8}\))?: ?/,
  /^[VDIWEFA]\/[\w.-]{1,32} *\( *\d{1,8}\): ?/,
  /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?[ \t]+/,
  // Whose console it is: of whatever program syslog has it, too.
  /^[^[]{0,60}\d\d:\d\d:\d\d[^[]{1,120}\[\d{1,8}\]: (?=\[ *\d{1,8}\.\d{6}\])/,
  /^\(XEN\) (?:\[[^\]]{1,40}\] )?(?:DOM\d{1,5}|d\d{1,5}(?:v\d{1,5})?)?:? ?/,
  /^\(d\d{1,5}\) /,
  /^\(bootloader\) /,
  /^[\w.@:~/-]{1,80} ?[#$] (?=\[ *\d|Linux version|Booting Linux)/,
  /^[\w.-]{1,40} +\| (?=\S)/,
];

/** The kernel's stamp, and who printed it: a task or a CPU. */
const STAMP = /^\[ *\d{1,12}\.\d{1,9}\](?:\[ *[TC]\d{1,10}\])?[ \t]?/;

/** A date, a host and a tag, as syslog and journalctl write them in any language; with a stamp before, the host alone. */
const TAG = /^(?:[^:]{0,60}\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?[^:]{0,80}? |[\w.-]{1,64} )?kernel(?:\[\d{1,8}\])?: ?/;

/** `[  0:  swapper/0:  1] `, `[01:13:22.717]`, `[T1]`: brackets that hold a digit. `[drm] …` is a message. */
const BRACKET = /^ ?\[[^\]]{0,39}\d[^\]]{0,39}\][ \t]?/;

/** Behind a stamp: another bracket, of whatever kind, that leads to the kernel's stamp. */
const BRACKETS = /^(?:\[[^\]]{1,40}\]){1,4} ?(?=\[ *\d{1,12}\.\d)/;

/** `.(0)[1:swapper/0]`, `-(3)[123:task]` of MediaTek's kernels. */
const MEDIATEK = /^ ?(?:<\d{1,3}>)?[.*-]?\(\d{1,3}\)\[\d{1,8}:[^\]]{1,40}\]/;

/** Who printed it, as some vendors' kernels write it: behind the stamp only. */
const VENDOR = /^ ?(?:\(CPU:[^)]{1,40}\) ?|c\d{1,2} +(?:\d{1,7} +)?)/;

/** The most prefixes that a line is taken to have. */
const MOST = 8;

function withoutOuter(text: string): string {
  for (const pattern of OUTER) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return text.slice(found.length);
  }
  return text;
}

function withoutOne(text: string): string {
  const outer = withoutOuter(text);
  if (outer !== text) return outer;
  for (const pattern of [STAMP, MEDIATEK, BRACKETS, BRACKET]) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return text.slice(found.length);
  }
  const tag = TAG.exec(text.slice(0, 200))?.[0];
  return tag === undefined ? text : text.slice(tag.length);
}

/** A line without what stands before the kernel's message. */
export interface LogMessageText {
  readonly text: string;
  /** Whether the kernel's own stamp stood there. */
  readonly stamped: boolean;
}

/** Takes off a line what stands before the kernel's message: time stamps, priorities, hosts, tags, consoles. */
export function splitMessage(line: string): LogMessageText {
  let text = line.replace(/^[ \t]+/, '');
  let stamped = false;
  for (let i = 0; i < MOST; i++) {
    const isStamp = STAMP.test(text);
    const rest = withoutOne(text);
    if (rest === text) break;
    text = isStamp ? rest.replace(VENDOR, '') : rest;
    stamped ||= isStamp;
  }
  return { text, stamped };
}

/** The message alone; see {@link splitMessage}. */
export function messageOf(line: string): string {
  return splitMessage(line).text;
}

/**
 * Takes off what a CI, a container or a console puts before every line of whatever is printed; the kernel's own stamp stays.
 *
 * @returns The line itself if it has nothing of the kind.
 */
export function withoutTransport(line: string): string {
  let text = line;
  for (let i = 0; i < 3; i++) {
    const found = TRANSPORT.map((pattern) => pattern.exec(text)?.[0]).find((prefix) => prefix !== undefined);
    if (found === undefined) break;
    text = text.slice(found.length);
  }
  return text;
}

const TRANSPORT: readonly RegExp[] = [
  /^\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?:[ \t]|: )(?:\d\d[OE]\+? ?)?/,
  /^\[\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\] ?/,
  /^\[\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\](?:\[[^\]]{1,40}\]){0,4} ?/,
  /^\(bootloader\) /,
];
