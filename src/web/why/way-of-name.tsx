import type { WhySubject } from '../../answers/why.ts';
import { type Lazy, lazy } from '../lazy.tsx';
import type { Query } from '../route.ts';
import type { LiveWayProps } from './live-way.tsx';

/** The way of a bit on the page of its name; a list of names, which lies in the same view, does without. */
export const WayOfName: Lazy<LiveWayProps> = lazy(async () => (await import('./live-way.tsx')).LiveWay);

/** Fetches the way of a bit, what it is followed with, and the machine on which it is shown first. */
export async function prepareWayOfName(subject: WhySubject, query: Query): Promise<void> {
  const [{ prepareWay }] = await Promise.all([import('./prepare-way.ts'), WayOfName.load()]);
  await prepareWay(subject, query);
}
