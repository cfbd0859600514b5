import type { VNode } from 'preact';
import { formatSubject } from '../compare/subject-text.ts';
import { belowRoot, linkTo, parseRoute, type Route } from '../route.ts';
import { CopyButton } from '../seen/copy-button.tsx';
import { ShareMenu } from '../share/share-menu.tsx';
import { EDIT_SCOPES, type EditScope } from './edit-scope.ts';
import type { EditHistory } from './use-edit-history.ts';

/** What the machine view shows besides the machine and its kernel. */
const OF_THE_VIEW: ReadonlySet<string> = new Set(['cpu', 'field', 'why']);

function subjectOf(address: string): string {
  return formatSubject(parseRoute(belowRoot(address)).route.query.filter(([key]) => !OF_THE_VIEW.has(key)));
}

interface LinkProps {
  /** The address of the machine as it was. */
  readonly start: string;
  /** The address of the machine as it is now. */
  readonly current: string;
}

/** The way from the machine view to a comparison: of what was changed with the start, or of the machine with another. */
export function CompareLink({ start, current }: LinkProps): VNode {
  const subjects = [...new Set([subjectOf(start), subjectOf(current)])];
  return (
    <a
      href={linkTo(
        'compare',
        '',
        subjects.map((text) => ['s', text] as const),
      )}
    >
      {subjects.length > 1 ? 'Compare with the start' : 'Compare with another'}
    </a>
  );
}

interface Props {
  readonly history: EditHistory;
  /** The number of changes that the address holds. */
  readonly changes: number;
  readonly resetLink: string;
  /** The address as it is. */
  readonly currentLink: string;
  /** The command that shows the same; absent if there is none. */
  readonly command: string | undefined;
  readonly route: Route;
  /** What is shared is called so. */
  readonly title: string;
  readonly scope: EditScope;
  /** Whether there is more than one CPU. */
  readonly hasScopes: boolean;
  setScope(scope: EditScope): void;
}

const SCOPES: Readonly<Record<EditScope, string>> = { all: 'all CPUs', alike: 'CPUs of the same core', one: 'this CPU alone' };

/** Undo, redo, back to the start, and a copy of the link. */
export function EditBar({ history, changes, resetLink, currentLink, command, route, title, scope, hasScopes, setScope }: Props): VNode {
  return (
    <div class="edit-bar no-print">
      {/* At the last step the focus stays where it is, which it would not on a button that is disabled. */}
      <button type="button" aria-disabled={!history.canUndo} onClick={history.undo} aria-keyshortcuts="Control+Z">
        Undo
      </button>
      <button type="button" aria-disabled={!history.canRedo} onClick={history.redo} aria-keyshortcuts="Control+Y">
        Redo
      </button>
      {changes === 0 ? <span class="soft small">All is as at the start.</span> : <a href={resetLink}>Back to the start</a>}
      <CompareLink start={resetLink} current={changes === 0 ? resetLink : currentLink} />
      {hasScopes && (
        <label class="small">
          Edits go to{' '}
          <select value={scope} onChange={({ currentTarget }) => setScope(EDIT_SCOPES.find((one) => one === currentTarget.value) ?? 'all')}>
            {EDIT_SCOPES.map((one) => (
              <option key={one} value={one}>
                {SCOPES[one]}
              </option>
            ))}
          </select>
        </label>
      )}
      {command !== undefined && <CopyButton text={command} of="command that shows the same" label="Copy command" />}
      <ShareMenu route={route} title={title} />
    </div>
  );
}
