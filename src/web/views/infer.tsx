import type { VNode } from 'preact';
import type { ViewProps } from '../view.ts';

/** A view that is not there yet. */
export function InferView({ route }: ViewProps): VNode {
  return <h1>{route.name === '' ? 'Infer' : route.name}</h1>;
}
