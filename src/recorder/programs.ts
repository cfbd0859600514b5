import { formatCpio } from './cpio.ts';
import { PROBE, REGISTERS } from './generated/programs.ts';

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** The probe: a static arm64 program for Linux, of a few KB. */
export function probeProgram(): Uint8Array {
  return bytesOf(PROBE);
}

/** The image that boots instead of a kernel and prints the ID registers. */
export function registersImage(): Uint8Array {
  return bytesOf(REGISTERS);
}

/** A first file system with the probe as the first process. */
export function probeInitramfs(): Uint8Array {
  return formatCpio([
    { path: 'dev' },
    { path: 'dev/console', device: [5, 1] },
    { path: 'proc' },
    { path: 'sys' },
    { path: 'init', bytes: probeProgram() },
  ]);
}
