import type { CapturedInstruction } from '../answers/capture.ts';
import type { CapturedLine } from '../answers/check-capture.ts';
import { given } from '../given.ts';
import { composeMidr } from '../silicon/midr.ts';
import { listedNames, toldByTools } from './hwcap-list.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Capture, Reader } from './reader.ts';
import { kernelToldBy } from './uname.ts';

/**
 * `CPU: total 4 (initial active 4) 0x41:0x0:0xd08:3, fp, simd, crc, …`: implementer, variant, part, revision, and what the JVM found. Its
 * recorder has the same as a `description`, and the count of CPUs apart.
 */
const LINE =
  /^\s*(?:(?:\[[^\]]{1,30}\]){1,5} )?(?:CPU: ?total (\d{1,5}) \(initial active \d{1,5}\) |"?description"?\s?[=:] ")(?:.{0,80}?)0x([0-9a-f]{1,2}):0x([0-9a-f]):0x([0-9a-f]{1,3}):(\d{1,2})(?:\(0x[0-9a-f]{1,3}\))?((?:, ?[a-z0-9_]{1,20})*)/i;

/** Whether a line is what a JVM says of the CPU. */
export function isJvmCpuLine(text: string): boolean {
  return LINE.test(text) || THREADS.test(text);
}

/** What a recording of the JVM's calls CPUs, and how a report's summary counts them. */
const THREADS = /^\s*(?:"?hwThreads"?\s?[=:] (?=\d{1,5},?\s*$)|Host: .{0,80}\b(?:AArch64|arm64), (?=\d{1,5} cores,))(\d{1,5})/;
/** `uname: Linux 6.8.0-51-generic #52…`, or `uname:Linux 5.4…` of older ones. */
const UNAME = /^\s*uname: ?Linux (\d{1,3}\.\d{1,3}[\w.+~-]{0,80})(?= |$)/;
/** `Instructions: (pc=0x0000ffff9c01a2bc)`, and rows of words behind an address. */
const PC = /^\s*Instructions: ?\(pc=0x([0-9a-f]{1,16})\)/i;
const WORDS = /^(?:=>)?\s*0x([0-9a-f]{16}):((?:\s+[0-9a-f]{8}){1,8})\s*$/i;

function toPc(text: string): bigint | undefined {
  const digits = PC.exec(text)?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}

/** The word at an address, if a row holds it. */
function wordAt(pc: bigint, row: RegExpExecArray): number | undefined {
  const words = row[2]!.trim().split(/\s+/);
  const index = (pc - BigInt(`0x${row[1]}`)) / 4n;
  return index < 0n || index >= BigInt(words.length) ? undefined : Number.parseInt(words[Number(index)]!, 16);
}

/** The line of /proc/cpuinfo that newer ones repeat. */
const FEATURES_LINE = /^\s*Features\s*: (.{2,2000})$/;

/** The report that a JVM leaves behind when it crashes (`hs_err_pid….log`), and `jdk.CPUInformation` of a recording: what they say of the CPU. */
export const jvmErrorReader: Reader = {
  name: 'jvm-error',
  title: "a JVM's report",
  recognise: (head) => (/^# A fatal error has been detected by the Java Runtime/m.test(head) ? 0.92 : LINE.test(head) ? 0.6 : 0),
  read(text) {
    const account = new LineAccount();
    let found: RegExpExecArray | null = null;
    let kernel: Capture['kernel'];
    let hwcaps: CapturedLine | undefined;
    let threads: string | undefined;
    let pc: bigint | undefined;
    let stopped: CapturedInstruction | undefined;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const match: RegExpExecArray | null = found === null ? LINE.exec(line.text) : null;
      const uname = kernel === undefined ? UNAME.exec(line.text) : null;
      const features = hwcaps === undefined ? FEATURES_LINE.exec(line.text) : null;
      const counted = THREADS.exec(line.text)?.[1];
      threads ??= counted;
      const words = pc === undefined || stopped !== undefined ? null : WORDS.exec(line.text);
      const word = words === null ? undefined : wordAt(pc!, words);
      if (word !== undefined) stopped = { line: line.number, word };
      pc ??= toPc(line.text);
      if (match === null && uname === null && features === null && (word ?? counted) === undefined) account.passed();
      else account.read();
      found ??= match;
      if (uname !== null) kernel = kernelToldBy(uname[1]!, line.text);
      if (features !== null) hwcaps = listedNames(features[1]!);
    }
    const told: Capture = given({
      kernel,
      hwcaps,
      instructions: stopped && [stopped],
      cpuCount: threads === undefined ? undefined : Number(threads),
    });
    if (found === null) return { value: told, diagnostics: account.diagnostics, lines: account.lines };
    const [, count, implementer, variant, part, revision, list = ''] = found;
    const midr = composeMidr({
      implementer: Number.parseInt(implementer!, 16),
      variant: Number.parseInt(variant!, 16),
      part: Number.parseInt(part!, 16),
      revision: Number(revision) & 0xf,
    });
    // It lists what it looks for, not all that the kernel shows: what is not there says nothing.
    const present = toldByTools(list.split(/[, ]+/));
    const archFeatures = present.length === 0 ? {} : { archFeatures: { present: [...new Set(present)], absent: [] } };
    return {
      value: { midrs: [midr], ...archFeatures, ...told, ...(count !== undefined && { cpuCount: Number(count) }) },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
