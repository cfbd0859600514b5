import type { VNode } from 'preact';
import type { ViewProps } from '../view.ts';

/** A view that is not there yet. */
export function HomeView({ route }: ViewProps): VNode {
  return <h1>{route.name === '' ? 'armlens' : route.name}</h1>;
}
