import { explainGuest } from '../answers/guest.ts';
import { formatAnswer } from '../formats/json.ts';
import { KNOWN_CAPTURES, loadCapture } from '../formats/known-capture.ts';
import { type Command, textOf } from './command.ts';
import { warnAll } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { FROM_OPTION, JSON_OPTION } from './options.ts';
import { type GuestSource, guestObject, printGuest } from './print-guest.ts';
import { type CaptureInput, readCapture, readTogether } from './read-capture.ts';

/** A capture, and what it is called. */
interface GuestInput extends CaptureInput {
  readonly title: string;
}

/** A capture that comes with the package. */
async function knownCapture(word: string, io: Io): Promise<GuestInput> {
  const { title, kind, files, notes } = await loadCapture(word);
  const [first = ''] = notes;
  if (kind === 'reconstructed') io.warn(`note: this capture is reconstructed. ${first}`);
  return { ...(await readTogether({ texts: files, skipped: [] })), title, taken: [] };
}

/** Finds what words mean: standard input, folders, files, or a capture that comes with the package. */
async function guestInput(words: readonly string[], io: Io, from: string | undefined): Promise<GuestInput> {
  for (const word of words) {
    if (word === '-' || (await io.exists(word))) continue;
    if (words.length === 1 && !/[./\\]/.test(word)) return knownCapture(word, io);
    throw new CommandError(EXIT.badInput, `${word}: there is no such file or folder`);
  }
  const title = words.map((word) => (word === '-' ? 'standard input' : word)).join(', ');
  return { ...(await readCapture(words, io, from)), title };
}

/** `armlens guest`: what a virtual machine is, from listings that were captured inside it. */
export const guest: Command = {
  name: 'guest',
  summary: 'what a virtual machine really is: hypervisor, devices, add-ons and CPU, from listings captured in it',
  args: [
    {
      name: '<dir...>',
      help: `a folder of listings, files, - for standard input, or a known capture: ${KNOWN_CAPTURES.join(', ')}`,
      completion: 'capture',
    },
  ],
  options: [FROM_OPTION, JSON_OPTION],
  examples: ['armlens guest parallels-m1', 'armlens guest ./capture', 'armlens guest dmesg.txt --json'],
  guide: 'make-a-guest-template',
  async run({ positionals, values, io }) {
    const words = positionals.length === 0 ? ['-'] : positionals;
    const { title, capture, files, skipped, diagnostics } = await guestInput(words, io, textOf(values, 'from'));
    const isRead = files.some(({ kind }) => kind !== 'unknown' && kind !== 'empty');
    warnAll(io, isRead ? diagnostics : []);
    const report = await explainGuest(capture);
    const source: GuestSource = { title, files, skipped };
    await io.write(
      values.json === true
        ? formatAnswer('guest', { subject: { name: words.join(' '), title } }, guestObject(report, source))
        : await printGuest(report, source, io),
    );
    if (!isRead) io.warn('armlens: nothing could be read; see armlens guest --help for what is');
    return isRead ? EXIT.ok : EXIT.badInput;
  },
};
