import { spawn } from 'node:child_process';
import { RecorderFault } from './fault.ts';

/** A machine to emulate. */
export interface Emulated {
  /** The program, such as `qemu-system-aarch64`. */
  readonly qemu: string;
  /** As after `-cpu`. */
  readonly cpu: string;
  /** As after `-machine`. */
  readonly machine: string;
  readonly smp: number;
  /** Memory in MB. */
  readonly memory: number;
  /** How long it may run, in seconds. */
  readonly timeout: number;
}

/** What a machine boots. */
export interface BootFiles {
  readonly kernel: string;
  readonly initrd?: string;
  readonly append?: string;
}

/** How much of a console is kept. */
const MAX_CONSOLE = 16 << 20;
/** How long a machine may take to power off once all is said, in milliseconds. */
const GRACE = 5_000;
const END = /^end \d+\s*$/m;

function argumentsOf({ cpu, machine, smp, memory }: Emulated, { kernel, initrd, append }: BootFiles): readonly string[] {
  return [
    ...['-machine', machine, '-cpu', cpu, '-smp', String(smp), '-m', String(memory), '-kernel', kernel],
    ...(initrd === undefined ? [] : ['-initrd', initrd]),
    ...(append === undefined ? [] : ['-append', append]),
    ...['-display', 'none', '-monitor', 'none', '-serial', 'stdio', '-nic', 'none', '-no-reboot'],
  ];
}

/** What went wrong, in a sentence. */
function faultOf(emulated: Emulated, console: string, complaint: string, isLate: boolean): RecorderFault {
  const first = complaint.trim().split('\n')[0] ?? '';
  if (console === '' && first !== '' && !isLate) return new RecorderFault('input', `${emulated.qemu}: ${first.replace(/^[^:]*: /, '')}`);
  const stopped = /Kernel panic - not syncing: .*|^.*(?:Internal error|Unable to handle kernel).*/m.exec(console)?.[0];
  const last = console.trim().split('\n').at(-1)?.trim() ?? '';
  const where = stopped ?? (last === '' ? 'nothing was printed' : `the last line was: ${last.slice(0, 200)}`);
  const why = isLate ? `did not come to its end within ${emulated.timeout} s (--timeout)` : 'ended before all was recorded';
  return new RecorderFault('work', `the machine ${why}; ${where}`);
}

/**
 * Boots a machine and returns what its console showed up to the line `end`. Whatever happens, the emulator is gone when this returns.
 *
 * @param lines - Told how many lines were printed so far.
 * @throws {RecorderFault} If the emulator is missing, refuses the machine, runs out of time, or ends early.
 */
export async function runQemu(emulated: Emulated, booted: BootFiles, lines?: (count: number) => void): Promise<string> {
  const child = spawn(emulated.qemu, argumentsOf(emulated, booted), { stdio: ['ignore', 'pipe', 'pipe'] });
  let console = '';
  let complaint = '';
  let count = 0;
  let isLate = false;
  let grace: NodeJS.Timeout | undefined;
  // A script in front of the emulator may leave a child behind that holds the pipes; they are not waited for.
  const kill = (): void => {
    child.kill('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const limit = setTimeout(() => {
    isLate = true;
    kill();
  }, emulated.timeout * 1000);
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(0, 4096);
  });
  child.stdout.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1');
    if (console.length < MAX_CONSOLE) console += text;
    count += text.split('\n').length - 1;
    lines?.(count);
    if (grace === undefined && END.test(console.slice(-256))) grace = setTimeout(kill, GRACE);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', () => resolve());
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const hint = code === 'ENOENT' ? 'it is not there; Debian has it in the package qemu-system-arm (--qemu names another)' : String(code);
    throw new RecorderFault('work', `${emulated.qemu}: ${hint}`);
  } finally {
    clearTimeout(limit);
    clearTimeout(grace);
    kill();
  }
  const text = console.replaceAll('\r', '');
  if (!END.test(text)) throw faultOf(emulated, text, complaint, isLate);
  return text;
}
