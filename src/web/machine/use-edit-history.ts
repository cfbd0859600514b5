import { useEffect, useRef } from 'preact/hooks';
import { formatRoute, type Navigate, type Query, type Route } from '../route.ts';

/** Steps that can be taken back and made again. */
export interface EditHistory {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
}

/** Keys that only choose what is looked at. */
const LOOKING: readonly string[] = ['cpu', 'field', 'why'];

interface Steps {
  past: Query[];
  present: Query;
  future: Query[];
}

function edited(query: Query): Query {
  return query.filter(([key]) => !LOOKING.includes(key));
}

function isSame(a: Query | undefined, b: Query): boolean {
  return a !== undefined && formatRoute({ view: 'machine', name: '', query: a }) === formatRoute({ view: 'machine', name: '', query: b });
}

/** Where a movement such as that of a slider stands; all of it counts as one step. */
export type Movement = 'none' | 'begun' | 'going-on';

/** How many steps are kept. */
const MAX_STEPS = 500;

/** Notes where the address went: a step forward, or back to where it was. */
function note(steps: Steps, query: Query, movement: Movement): void {
  if (isSame(steps.present, query)) return;
  if (isSame(steps.past.at(-1), query)) {
    steps.past.pop();
    steps.future.push(steps.present);
  } else if (isSame(steps.future.at(-1), query)) {
    steps.future.pop();
    steps.past.push(steps.present);
  } else if (movement !== 'going-on') {
    steps.past = [...steps.past.slice(-MAX_STEPS), steps.present];
    steps.future = [];
  }
  steps.present = query;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox')
  );
}

/**
 * Undo and redo over addresses, with Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z where no text is being typed. The browser's own way back counts
 * as a step back too. `movement` says whether the address follows a movement.
 */
export function useEditHistory(route: Route, navigate: Navigate, movement: { readonly current: Movement }): EditHistory {
  const steps = useRef<Steps | null>(null);
  const query = edited(route.query);
  steps.current ??= { past: [], present: query, future: [] };
  note(steps.current, query, movement.current);
  const go = (to: Query | undefined): void => {
    if (to === undefined) return;
    const looking = route.query.filter(([key]) => LOOKING.includes(key));
    navigate({ view: 'machine', name: '', query: [...to, ...looking] });
  };
  const { past, future } = steps.current;
  const history: EditHistory = {
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undo: () => go(past.at(-1)),
    redo: () => go(future.at(-1)),
  };
  const latest = useRef(history);
  latest.current = history;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y') || isTyping(event.target)) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) latest.current.redo();
      else latest.current.undo();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return history;
}
