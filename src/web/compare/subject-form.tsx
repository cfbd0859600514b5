import type { VNode } from 'preact';
import { CONFIG_NAMES } from '../../linux/release/config.ts';
import { KNOWN_TREES } from '../../linux/release/known-trees.ts';
import { MachinePicker } from '../machine/machine-picker.tsx';
import { PastePanel } from '../machine/paste-panel.tsx';
import { Notice } from '../notice.tsx';
import { linkTo, queryValue, withQuery } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { formatSubject, parseSubject } from './subject-text.ts';
import type { FoundSubject } from './use-subjects.ts';

interface Props {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly found: FoundSubject | undefined;
  /** Whether it may be taken away. */
  readonly removable: boolean;
  change(text: string): void;
  remove(): void;
}

/** What has a place of its own in the form. */
const SHOWN: ReadonlySet<string> = new Set(['m', 'p', 'k', 'c', 'cmdline']);

const LONGEST_SHOWN = 80;

const AS_RECORDED = 'as recorded';

function configNameOf({ subject }: FoundSubject): string {
  const config = subject?.kernel.config;
  return typeof config === 'object' ? AS_RECORDED : (config ?? 'defconfig');
}

/** One side of a comparison: machine, kernel, and how to leave it out. */
export function SubjectForm({ number, text, found, removable, change, remove }: Props): VNode {
  const query = parseSubject(text);
  const set = (key: string, value: string): void => change(formatSubject(withQuery(query, key, ...(value === '' ? [] : [value]))));
  const release = found?.subject?.kernel.release ?? queryValue(query, 'k') ?? '';
  const config = found === undefined ? 'defconfig' : configNameOf(found);
  const changes = query.filter(([key]) => !SHOWN.has(key));
  const configs = CONFIG_NAMES.includes(config) ? CONFIG_NAMES : [config, ...CONFIG_NAMES];
  return (
    <fieldset class="subject">
      <legend>{number}</legend>
      <MachinePicker
        machine={parseScenario(query).value.machine}
        choose={(name) => change(formatSubject([['m', name], ...query.filter(([key]) => key === 'k')]))}
      />
      <PastePanel choose={(code) => change(formatSubject([...query.filter(([key]) => key === 'k'), ['p', code]]))} />
      <label>
        Linux{' '}
        <input
          key={release}
          class="mono"
          list="compared-releases"
          size={12}
          defaultValue={release}
          spellcheck={false}
          autocomplete="off"
          onChange={({ currentTarget }) => set('k', currentTarget.value.trim())}
        />
      </label>
      <label>
        Configuration{' '}
        <select value={config} onChange={({ currentTarget: { value } }) => set('c', value === AS_RECORDED ? '' : value)}>
          {configs.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Command line{' '}
        <input
          key={queryValue(query, 'cmdline')}
          class="mono"
          size={14}
          defaultValue={queryValue(query, 'cmdline') ?? ''}
          spellcheck={false}
          autocomplete="off"
          onChange={({ currentTarget }) => set('cmdline', currentTarget.value.trim())}
        />
      </label>
      {changes.length > 0 && (
        <ul class="plain small" aria-label="What is changed of it">
          {changes.map(([key, value]) => (
            <li key={`${key} ${value}`}>
              <code>
                {key}={value.slice(0, LONGEST_SHOWN)}
                {value.length > LONGEST_SHOWN && '…'}
              </code>
            </li>
          ))}
        </ul>
      )}
      <p class="small">
        <a href={linkTo('machine', '', query)}>Open this machine</a>{' '}
        {removable && (
          <button type="button" onClick={remove}>
            Leave out <span class="unseen">number {number}</span>
          </button>
        )}
      </p>
      <datalist id="compared-releases">
        {KNOWN_TREES.map(({ release: known }) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      {found?.problems.map((problem) => (
        <Notice key={problem} kind={found.subject === undefined ? 'error' : 'note'}>
          {problem}
        </Notice>
      ))}
    </fieldset>
  );
}
