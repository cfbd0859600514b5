/** The names of the engines. */
export const ENGINE_NAMES = ['auto', 'generated', 'wasm', 'evaluator'] as const;

/**
 * How a kernel works on rows: through the evaluator, by generated TypeScript, by a vector unit's code in WebAssembly, or by whichever of
 * the last two is faster for as many rows (`auto`).
 */
export type EngineName = (typeof ENGINE_NAMES)[number];
