import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { ReleaseInput } from '../catalogue/release-input.tsx';
import { queryValue, withQuery } from '../route.ts';
import type { ViewProps } from '../view.ts';
import { queryOfText, textOfQuery } from './infer-query.ts';

/** What was typed, and the question that was made of it. */
interface Draft {
  readonly text: string;
  readonly asks: string;
  /** Whether it was read by now. */
  readonly isRead: boolean;
}

/** Where one pastes; the question, not the text, is what the address holds. */
export function QuestionForm({ route, navigate }: ViewProps): VNode {
  const [draft, setDraft] = useState<Draft>();
  const latest = useRef('');
  const asked = textOfQuery(route.query);
  const own = draft?.asks === asked ? draft : undefined;
  const isVain = own?.isRead === true && asked === '' && own.text.trim() !== '';
  return (
    <div class="question">
      <label>
        A Features line, the names alone, <code>/proc/cpuinfo</code>, or what <code>lscpu</code> prints
        <textarea
          rows={5}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="none"
          placeholder={'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics …'}
          value={own?.text ?? asked}
          onInput={({ currentTarget: { value } }) => {
            latest.current = value;
            setDraft({ text: value, asks: asked, isRead: false });
            void queryOfText(route.query, value).then((query) => {
              // What was typed meanwhile has a question of its own.
              if (latest.current !== value) return;
              setDraft({ text: value, asks: textOfQuery(query), isRead: true });
              navigate({ ...route, query }, 'replace');
            });
          }}
        />
      </label>
      <p role="status">{isVain && 'No Features line is found in this text, and no names of hwcaps.'}</p>
      <ReleaseInput
        label="Linux, if it is known"
        release={queryValue(route.query, 'k') ?? ''}
        choose={(release) => navigate({ ...route, query: withQuery(route.query, 'k', ...(release === '' ? [] : [release])) })}
      />
    </div>
  );
}
