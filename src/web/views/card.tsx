import type { VNode } from 'preact';
import type { ViewProps } from '../view.ts';

/** A view that is not there yet. */
export function CardView({ route }: ViewProps): VNode {
  return <h1>{route.name === '' ? 'Card' : route.name}</h1>;
}
