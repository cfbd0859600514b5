import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Navigate } from '../route.ts';
import type { Found, search } from './search.ts';

type Search = typeof search;

/** What is longer, or has several lines, is a text that tells of a machine. */
const LONGEST_QUESTION = 200;

const NOTHING: Found = { hits: [], count: 0, near: false };

/** Where `/` is a character that one writes. */
const WRITTEN_IN = 'input:not([type=range], [type=checkbox]), textarea';

/** Moves the focus to the box of a page when somebody presses `/` where nothing is written. */
function useSlash(box: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const inField = event.target instanceof Element && event.target.closest(WRITTEN_IN) !== null;
      if (event.key !== '/' || inField || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      box.current?.focus();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** Follows a link as a click would. */
function follow(list: HTMLElement | null, index: number): void {
  list?.querySelectorAll<HTMLAnchorElement>('a[role="option"]')[index]?.click();
}

interface Props {
  readonly navigate: Navigate;
  /** What is said in the empty box. */
  readonly hint: string;
}

/** One box for all names, and for pasted text: each page has one, in its header or, on the first page, in the midst. `/` leads to it. */
export function SearchBox({ navigate, hint }: Props): VNode {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>(NOTHING);
  const [at, setAt] = useState(0);
  const [told, setTold] = useState('');
  const look = useRef<Search | undefined>(undefined);
  useSlash(box);
  const ask = async (question: string): Promise<void> => {
    setText(question);
    setTold('');
    look.current ??= (await import('./search.ts')).search;
    setFound(look.current(box.current?.value ?? question));
    setAt(0);
  };
  const close = (): void => {
    setText('');
    setFound(NOTHING);
  };
  const read = async (pasted: string): Promise<void> => {
    const { readPasted } = await import('../scenario/pasted.ts');
    const result = await readPasted(pasted);
    if ('problem' in result) setTold(result.problem);
    else {
      close();
      navigate({ view: 'machine', name: '', query: [['p', result.code]] });
    }
  };
  const { hits, count, near } = found;
  const isOpen = text.trim() !== '';
  return (
    <search class="search no-print">
      <input
        ref={box}
        type="search"
        // biome-ignore lint/a11y/noRedundantRoles: without a datalist it is none by itself
        role="combobox"
        list={undefined}
        aria-label="Search names, or paste a text"
        aria-expanded={isOpen && hits.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-keyshortcuts="/"
        aria-activedescendant={isOpen && hits.length > 0 ? `${id}-${at}` : undefined}
        placeholder={hint}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => void ask(currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData?.getData('text') ?? '';
          if (!/\n.*\S/.test(pasted.trim()) && pasted.length <= LONGEST_QUESTION) return;
          event.preventDefault();
          void read(pasted);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined && hits.length > 0) {
            event.preventDefault();
            setAt((at + step + hits.length) % hits.length);
          } else if (event.key === 'Enter') follow(list.current, at);
          else if (event.key === 'Escape') close();
        }}
      />
      <div class="search-found" ref={list} hidden={!isOpen && told === ''}>
        <p class="small soft" role="status">
          {told}
          {told === '' && isOpen && hits.length === 0 && 'Nothing of that name.'}
          {told === '' && isOpen && near && hits.length > 0 && 'Nothing of that name. Did you mean:'}
          {told === '' && isOpen && !near && hits.length > 0 && (
            <span class="unseen">
              {count > hits.length && `${hits.length} of `}
              {count} found
            </span>
          )}
        </p>
        <div role="listbox" id={`${id}-list`} aria-label="Found">
          {isOpen &&
            hits.map(({ href, name, word, text: about }, index) => (
              <a key={href} id={`${id}-${index}`} role="option" aria-selected={index === at} tabIndex={-1} href={href} onClick={close}>
                <span class="mono">{name}</span> <span class="kind">{word}</span>
                <span class="hit-text">{about}</span>
              </a>
            ))}
        </div>
      </div>
    </search>
  );
}
