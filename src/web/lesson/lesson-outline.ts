import { given } from '../../given.ts';

/** Text between headings: a paragraph, or the points of a list. */
export interface LessonText {
  readonly kind: 'paragraph' | 'list';
  readonly lines: readonly string[];
}

/** A line with its number. */
export interface LessonLine {
  readonly text: string;
  readonly number: number;
}

/** Lines as paragraphs and lists; an empty line ends either. */
export function lessonTexts(lines: readonly LessonLine[]): readonly LessonText[] {
  const found: { kind: LessonText['kind']; lines: string[] }[] = [];
  let open = false;
  for (const { text } of lines) {
    const point = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(\S.*)$/.exec(text)?.[1];
    const last = found.at(-1);
    if (text.trim() === '') open = false;
    else if (point !== undefined && open && last?.kind === 'list') last.lines.push(point);
    else if (point !== undefined) found.push({ kind: 'list', lines: [point] });
    else if (open && last !== undefined) last.lines.push(`${last.lines.pop()} ${text.trim()}`);
    else found.push({ kind: 'paragraph', lines: [text.trim()] });
    if (text.trim() !== '') open = true;
  }
  return found;
}

/** A lesson as its headings divide it. */
export interface LessonOutline {
  /** Absent: it has none. */
  readonly title?: string;
  readonly intro: readonly LessonText[];
  readonly steps: readonly { readonly title: string; readonly lines: readonly LessonLine[] }[];
  /** The number of its last line. */
  readonly end: number;
}

/** Divides a lesson by its headings; nothing of its questions is read, and nothing of the library is needed. */
export function outlineOf(text: string): LessonOutline {
  const lines = text.split(/\r?\n/).map((own, index) => ({ text: own, number: index + 1 }));
  const heads = lines.filter((line) => /^## /.test(line.text));
  const intro = lines.slice(0, (heads[0]?.number ?? lines.length + 1) - 1);
  const title = intro.find((line) => /^# /.test(line.text));
  const steps = heads.map((head, index) => {
    const end = (heads[index + 1]?.number ?? lines.length + 1) - 1;
    return { title: head.text.slice(3).trim(), lines: lines.slice(head.number, end) };
  });
  return {
    ...given({ title: title?.text.slice(2).trim() }),
    intro: lessonTexts(intro.filter((line) => line !== title)),
    steps,
    end: lines.length,
  };
}
