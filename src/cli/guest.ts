import { explainGuest } from '../answers/guest.ts';
import { type CaptureText, parseCapture } from '../formats/capture.ts';
import { formatAnswer } from '../formats/json.ts';
import { KNOWN_CAPTURES, loadCapture } from '../formats/known-capture.ts';
import type { Command } from './command.ts';
import { warnAll } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { JSON_OPTION } from './options.ts';
import { type GuestSource, guestObject, printGuest } from './print-guest.ts';

/** What is to be read: the files of a capture, and what was passed over. */
interface CaptureInput {
  readonly title: string;
  readonly files: readonly CaptureText[];
  readonly skipped: GuestSource['skipped'];
}

/** A single file: one listing. */
const MAX_FILE_BYTES = 16 << 20;

async function fileInput(path: string, io: Io): Promise<CaptureInput> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of io.stream(path)) {
    parts.push(part.subarray(0, MAX_FILE_BYTES - length));
    length += part.length;
    if (length >= MAX_FILE_BYTES) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(parts));
  const name = path === '-' ? 'standard input' : path;
  const skipped = length > MAX_FILE_BYTES ? [{ path: name, reason: `only its first ${MAX_FILE_BYTES} bytes are read` }] : [];
  return { title: name, files: [{ path: name, text }], skipped };
}

/** Finds what a word means: standard input, a folder, a file, or a capture that comes with the package. */
async function captureInput(word: string, io: Io): Promise<CaptureInput> {
  if (word === '-') return fileInput(word, io);
  const folder = await io.readFolder(word);
  if (folder !== undefined) return { title: word, ...folder };
  if (await io.exists(word)) return fileInput(word, io);
  if (/[./\\]/.test(word)) throw new CommandError(EXIT.badInput, `${word}: there is no such file or folder`);
  const { title, kind, files, notes } = await loadCapture(word);
  const [first = ''] = notes;
  if (kind === 'reconstructed') io.warn(`note: this capture is reconstructed. ${first}`);
  return { title, files, skipped: [] };
}

/** `armlens guest`: what a virtual machine is, from listings that were captured inside it. */
export const guest: Command = {
  name: 'guest',
  summary: 'what a virtual machine really is: hypervisor, devices, add-ons and CPU, from listings captured in it',
  args: [
    {
      name: '<dir>',
      help: `a folder of listings, one file, - for standard input, or a known capture: ${KNOWN_CAPTURES.join(', ')}`,
      completion: 'capture',
    },
  ],
  options: [JSON_OPTION],
  examples: ['armlens guest parallels-m1', 'armlens guest ./capture', 'armlens guest dmesg.txt --json'],
  guide: 'make-a-guest-template',
  async run({ positionals: [word = '-'], values, io }) {
    const { title, files, skipped } = await captureInput(word, io);
    const { value, diagnostics } = parseCapture(files);
    warnAll(io, diagnostics);
    const report = await explainGuest(value.capture);
    const source: GuestSource = { title, files: value.files, skipped };
    await io.write(
      values.json === true
        ? formatAnswer('guest', { subject: { name: word, title: source.title } }, guestObject(report, source))
        : await printGuest(report, source, io),
    );
    const isRead = value.files.some(({ kind }) => kind !== 'unknown' && kind !== 'empty');
    if (!isRead) io.warn('armlens: nothing could be read; see armlens guest --help for what is');
    return isRead ? EXIT.ok : EXIT.badInput;
  },
};
