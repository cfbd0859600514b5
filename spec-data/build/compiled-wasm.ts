/**
 * The vector kernel, as WebAssembly text: what it does is written here, what it looks at comes from the lanes. All tables lie in its
 * memory, so that the same bytes serve every kernel release.
 */
import wabt from 'wabt';
import { memoryMap } from '../../src/rows/vector-memory.ts';
import { deriveFunctions } from './wasm/derive.ts';
import { mergeFunctions, mergePair, sanitiseFunction } from './wasm/sanitise.ts';
import type { KernelShape } from './wasm/text.ts';

/** The bytes of the module. */
export async function wasmBytes(shape: KernelShape): Promise<Uint8Array> {
  const map = memoryMap(shape.columns, shape.lanes.length);
  const text = `(module
  (memory (export "memory") ${map.pages})
${deriveFunctions(shape, map)}${mergePair(map)}${mergeFunctions()}${sanitiseFunction(shape, map)})
`;
  const { parseWat } = await wabt();
  const module = parseWat('vector-kernel.wat', text, { simd: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
