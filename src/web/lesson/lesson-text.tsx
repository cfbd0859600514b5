import type { ComponentChildren, VNode } from 'preact';
import type { LessonText } from './lesson-outline.ts';

/** Code, strong words, words that stand out, and links to places of the explorer or elsewhere. */
const MARKED = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^[\]]+)\]\((https?:\/\/[^\s)]+)\)/g;

/** A line of a lesson with its marks. */
export function inline(text: string): ComponentChildren {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKED)) {
    const [whole, code, strong, stress, label, href] = found;
    parts.push(text.slice(at, found.index));
    if (code !== undefined) parts.push(<code>{code}</code>);
    else if (strong !== undefined) parts.push(<strong>{strong}</strong>);
    else if (stress !== undefined) parts.push(<em>{stress}</em>);
    else parts.push(<a href={href ?? ''}>{label}</a>);
    at = found.index + whole.length;
  }
  return [...parts, text.slice(at)];
}

/** Paragraphs and lists of a lesson. */
export function LessonWords({ texts }: { readonly texts: readonly LessonText[] }): VNode {
  return (
    <>
      {texts.map(({ kind, lines }, index) =>
        kind === 'list' ? (
          <ul key={index}>
            {lines.map((line) => (
              <li key={line}>{inline(line)}</li>
            ))}
          </ul>
        ) : (
          <p key={index}>{inline(lines[0] ?? '')}</p>
        ),
      )}
    </>
  );
}
