import { readFile } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { parseKernelConfig, telledOptions } from '../formats/kernel-config.ts';
import { given } from '../given.ts';
import type { KernelConfig } from '../linux/kernel.ts';
import { filesOfDeb } from './deb.ts';
import { RecorderFault } from './fault.ts';

/** A kernel to boot. */
export interface KernelFiles {
  /** An image as it lies in memory, not compressed. */
  readonly image: Buffer;
  /** The options that the rules ask for; absent if no configuration came with it. */
  readonly config?: KernelConfig;
}

const KERNEL_IN_PACKAGE = /\/(?:vmlinu[xz]|Image)[^/]*$/;
const CONFIG_IN_PACKAGE = /\/(?:boot\/config-[^/]+|modules\/[^/]+\/config)$/;

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
    throw new RecorderFault('input', `${path}: ${why}`);
  }
}

/** EFI's self-extracting form: `MZ`, `zimg`, where the payload lies and how it is packed. */
function unpackZboot(path: string, bytes: Buffer): Buffer {
  const [at, size] = [bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
  const kind = bytes.toString('latin1', 24, 56).replace(/\0.*/s, '');
  const payload = bytes.subarray(at, at + size);
  const zstd = (zlib as { readonly zstdDecompressSync?: (bytes: Buffer) => Buffer }).zstdDecompressSync;
  if (kind === 'gzip') return zlib.gunzipSync(payload);
  if (kind.startsWith('zstd') && zstd !== undefined) return zstd(payload);
  throw new RecorderFault('input', `${path}: the image is packed by ${kind}, which this Node cannot unpack; give the Image itself`);
}

/** An arm64 image, unpacked if it is packed. */
function imageOf(path: string, bytes: Buffer): Buffer {
  const isArm64 = (image: Buffer): boolean => image.length > 64 && image.toString('latin1', 56, 60) === 'ARM\x64';
  if (isArm64(bytes)) return bytes;
  let unpacked: Buffer | undefined;
  try {
    if (bytes.length > 64 && bytes.toString('latin1', 4, 8) === 'zimg') unpacked = unpackZboot(path, bytes);
    else if (bytes[0] === 0x1f && bytes[1] === 0x8b) unpacked = zlib.gunzipSync(bytes);
  } catch (cause) {
    if (cause instanceof RecorderFault) throw cause;
    throw new RecorderFault('input', `${path}: it is packed, and damaged`);
  }
  if (unpacked !== undefined && isArm64(unpacked)) return unpacked;
  throw new RecorderFault('input', `${path}: expected an arm64 kernel (Image, Image.gz, vmlinuz) or a Debian package that has one`);
}

function configOf(path: string, bytes: Buffer): KernelConfig {
  const { value } = parseKernelConfig(bytes.toString('utf8'));
  if (Object.keys(value.options).length > 0) return telledOptions(value);
  throw new RecorderFault('input', `${path}: expected the configuration of a kernel, lines such as CONFIG_ARM64_SVE=y`);
}

const isDeb = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 8) === '!<arch>\n';

/** Whether bytes read as the text of a configuration. */
function isConfig(bytes: Buffer): boolean {
  return /^(?:# )?CONFIG_\w+[ =]/m.test(bytes.toString('latin1', 0, 4096));
}

/**
 * Finds the image and the configuration of a kernel in files: an image, a configuration, Debian's packages. Newer Debian kernels have
 * the two in packages of their own, linux-binary-… and linux-base-….
 */
export async function readKernelFiles(paths: readonly string[]): Promise<KernelFiles> {
  let image: Buffer | undefined;
  let config: KernelConfig | undefined;
  for (const path of paths) {
    const bytes = await bytesOf(path);
    if (isDeb(bytes)) {
      const files = await filesOfDeb(path, (name) => KERNEL_IN_PACKAGE.test(name) || CONFIG_IN_PACKAGE.test(name));
      const [kernel, options] = [KERNEL_IN_PACKAGE, CONFIG_IN_PACKAGE].map((form) => files.find((file) => form.test(file.path)));
      if (kernel !== undefined) image ??= imageOf(path, kernel.bytes);
      if (options !== undefined) config ??= configOf(path, options.bytes);
    } else if (isConfig(bytes)) config ??= configOf(path, bytes);
    else image ??= imageOf(path, bytes);
  }
  if (image === undefined) {
    const hint = 'Debian has it in linux-image-…, since 6.19 in linux-binary-… (and its configuration in linux-base-…)';
    throw new RecorderFault('input', `${paths.join(', ')}: no kernel is in it; ${hint}`);
  }
  return { image, ...given({ config }) };
}
