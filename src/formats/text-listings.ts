import { given } from '../given.ts';
import { Beginnings } from './posted/beginnings.ts';
import type { Piece } from './posted/pieces.ts';
import type { PostedLine } from './posted/posted-line.ts';

/** What belongs together: pieces of one form are one listing, which fences or words interrupt. */
export interface TextListing {
  readonly format: string;
  readonly lines: PostedLine[];
  readonly folder?: string;
  /** The machine that a prompt names. */
  readonly host?: string;
}

/** Forms of which a machine has one at a time: where one begins again, it is of another machine, or of another time. */
const SINGLE: ReadonlySet<string> = new Set([
  'cpuinfo',
  'lscpu',
  'auxv',
  'kernel-log',
  'macos-sysctl',
  'bsd-sysctl',
  'features-line',
  'uname',
  'lscpu-table',
  'coreinfo',
  'cpu-z',
  'jvm-error',
  'freebsd-boot',
  'openbsd-boot',
  'netbsd-boot',
  'qmp',
]);

/** Of these a machine has one listing, which people show in parts. */
const GOES_ON: ReadonlySet<string> = new Set(['kernel-log', 'macos-sysctl']);

/** Whether a machine has one listing of this form at a time. */
export function isSingle(format: string): boolean {
  return SINGLE.has(format);
}

/** The most listings of a text; posts have a dozen. */
const MOST = 200;

const NUMBERED = /^\s*[Pp]rocessor\s*:\s*\d/;
const FEATURES = /^\s*(?:\d+ )?Features\s*:/;

/** What is to be known of a listing's lines when another piece comes; kept, so that no line is looked at twice. */
interface Kept {
  readonly listing: TextListing;
  readonly beginnings: Beginnings;
  isNumbered: boolean;
  hasFeatures: boolean;
}

/** The listings of a form that a text has one behind the other: where it begins what it had begun, the next one begins. */
export function listingsOf(format: string, lines: readonly PostedLine[]): readonly TextListing[] {
  const listings: TextListing[] = [];
  let beginnings = new Beginnings();
  for (const line of lines) {
    const isAgain = beginnings.again(format, line.text);
    if (isAgain) {
      beginnings = new Beginnings();
      beginnings.again(format, line.text);
    }
    if (listings.length === 0 || (isAgain && listings.length < MOST)) listings.push({ format, lines: [] });
    listings.at(-1)!.lines.push(line);
  }
  return listings;
}

/** Puts the pieces of a text together to listings. */
export class TextListings {
  readonly #kept: Kept[] = [];
  readonly #last = new Map<string, Kept>();

  get all(): readonly TextListing[] {
    return this.#kept.map(({ listing }) => listing);
  }

  /**
   * Adds a piece of a form to the listing that it goes on with, or makes one of it.
   *
   * @returns Whether there was room for it.
   */
  add(format: string, piece: Piece): boolean {
    const own = { isNumbered: has(piece, NUMBERED), hasFeatures: has(piece, FEATURES) };
    const before = this.#last.get(format);
    if (before !== undefined && this.#continues(before, piece, own)) {
      for (const line of piece.lines) before.listing.lines.push(line);
      before.isNumbered ||= own.isNumbered;
      before.hasFeatures ||= own.hasFeatures;
      return true;
    }
    if (this.#kept.length >= MOST) return false;
    const { folder, host } = piece;
    const kept: Kept = { listing: { format, lines: [...piece.lines], ...given({ folder, host }) }, beginnings: new Beginnings(), ...own };
    takeAll(kept.beginnings, format, piece);
    this.#kept.push(kept);
    this.#last.set(format, kept);
    return true;
  }

  #continues(before: Kept, piece: Piece, own: Pick<Kept, 'isNumbered' | 'hasFeatures'>): boolean {
    const { listing, beginnings } = before;
    if (piece.host !== listing.host) return false;
    if (listing.format === 'ls') return piece.folder === listing.folder;
    if (!isSingle(listing.format) || GOES_ON.has(listing.format)) return !takeAll(beginnings, listing.format, piece);
    if (listing.format !== 'cpuinfo') return false;
    // Rows that grep and sort leave say of no CPU; two Features lines are of two machines.
    if (!own.isNumbered) return !before.isNumbered && !(before.hasFeatures && own.hasFeatures);
    return !takeAll(beginnings, listing.format, piece);
  }
}

function has({ lines }: Piece, pattern: RegExp): boolean {
  return lines.some(({ text }) => pattern.test(text));
}

/** Keeps what a piece begins; `true` if that was begun before. */
function takeAll(beginnings: Beginnings, format: string, piece: Piece): boolean {
  let isAgain = false;
  for (const { text } of piece.lines) isAgain = beginnings.again(format, text) || isAgain;
  return isAgain;
}
