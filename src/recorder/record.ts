/**
 * Records a kernel: what a machine has, and what a real boot on it shows.
 *
 * QEMU runs twice with the same CPU model. First an image of our own (native/registers.c), which prints every ID register before any kernel
 * is there; then the kernel, with the probe (native/probe.c) as its first process. What both print is put together to a {@link BootRecording}
 * (compose.ts), and what is derived from the registers is held against it, part by part (differences.ts). `kernel-files.ts` finds image,
 * configuration and release in what is given, such as a package of Debian; `matrix.ts` reads a list of boots.
 *
 * @module
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAny } from '../formats/read-any.ts';
import { composeRecording } from './compose.ts';
import { compareRecording, type RecordingComparison } from './differences.ts';
import { RecorderFault } from './fault.ts';
import type { KernelFiles } from './kernel-files.ts';
import { probeInitramfs, registersImage } from './programs.ts';
import { runQemu } from './qemu.ts';
import type { BootRecording } from './recording.ts';
import { parseRegistersText } from './registers-text.ts';

/** One boot to record. */
export interface Case {
  readonly cpu: string;
  readonly machine: string;
  readonly smp: number;
  readonly append: string;
}

/** How boots are made. */
export interface Emulator {
  readonly qemu: string;
  readonly timeout: number;
  readonly memory: number;
}

/** What became of a boot. */
export interface Recorded {
  readonly recording: BootRecording;
  readonly comparison: RecordingComparison;
  /** What the kernel's console showed. */
  readonly console: string;
}

/** The console that the probe writes to. */
const CONSOLE = 'console=ttyAMA0';
const FROM = 'armlens-probe 1\n';

/** What the probe printed, without what the kernel printed before. */
function probeOf(console: string): string {
  const at = console.indexOf(FROM);
  if (at < 0) throw new RecorderFault('work', 'the kernel started no first process that is ours');
  const text = console.slice(at);
  return text.slice(0, text.search(/^end \d+$/m) + text.match(/^end \d+$/m)![0].length + 1);
}

/**
 * Boots a kernel and records it: first the image that reads the registers, on the same machine, then the kernel with the probe as its
 * first process.
 *
 * @param done - Told how far it is, 0 to 1.
 * @throws {RecorderFault} If it cannot be recorded.
 */
export async function recordBoot(files: KernelFiles, one: Case, emulator: Emulator, done?: (share: number) => void): Promise<Recorded> {
  const folder = await mkdtemp(join(tmpdir(), 'armlens-record-'));
  const path = (name: string): string => join(folder, name);
  const { cpu, machine, smp } = one;
  const append = [CONSOLE, one.append].filter((word) => word !== '').join(' ');
  const emulated = { ...emulator, cpu, machine, smp };
  try {
    await Promise.all([
      writeFile(path('registers'), registersImage()),
      writeFile(path('kernel'), files.image),
      writeFile(path('initrd'), probeInitramfs()),
    ]);
    const hardware = parseRegistersText(await runQemu(emulated, { kernel: path('registers') }));
    done?.(0.05);
    const console = await runQemu(emulated, { kernel: path('kernel'), initrd: path('initrd'), append }, (lines) =>
      // A boot prints some five hundred lines.
      done?.(0.05 + 0.95 * (1 - 500 / (500 + lines * 2))),
    );
    const probe = probeOf(console);
    const { value: seen } = await readAny(probe, { from: 'probe' });
    const recording = composeRecording({ ...one, append, ...files, hardware, probe, seen, console });
    return { recording, comparison: compareRecording(recording), console };
  } finally {
    await rm(folder, { recursive: true, force: true });
    done?.(1);
  }
}
