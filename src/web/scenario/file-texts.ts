import type { CaptureText } from '../../formats/read-texts.ts';

/** The character that ASCII has to separate files; it stands in no text that people post. */
const FILE = '\u001c';

/** Puts the texts of several files into one, so that an address holds them; one file is its text. */
export function joinFiles(files: readonly CaptureText[]): string {
  const [only] = files;
  if (files.length === 1) return String(only!.text);
  return files.map(({ path, text }) => `${FILE}${path.replaceAll('\n', ' ').replaceAll(FILE, ' ')}\n${text}`).join('');
}

/** The files that {@link joinFiles} put together; a text of any other origin is one without a name. */
export function splitFiles(text: string): readonly CaptureText[] {
  if (!text.startsWith(FILE)) return [{ path: '', text }];
  return text
    .slice(1)
    .split(FILE)
    .map((part) => {
      const end = part.indexOf('\n');
      return end < 0 ? { path: '', text: part } : { path: part.slice(0, end), text: part.slice(end + 1) };
    });
}
