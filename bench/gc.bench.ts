import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Settings } from './compare.ts';
import type { Outcome } from './outcome.ts';
import { KERNEL } from './subject.ts';

const DERIVATIONS = 1e6;
const MODULE = new URL('../dist/rows/index.js', import.meta.url).href;
const COLUMNS_MODULE = new URL('../dist/rows/generated/row-layout.js', import.meta.url).href;

/** Counts collections in a process of its own. What was left by loading and by the first derivations is collected before. */
function script(engine: string, batch: number, derivations: number): string {
  return `
    import { PerformanceObserver } from 'node:perf_hooks';
    import { setTimeout } from 'node:timers/promises';
    import { compile } from '${MODULE}';
    import { ROW_REGISTERS } from '${COLUMNS_MODULE}';
    const kernel = compile(${JSON.stringify(KERNEL)}, { engine: '${engine}' });
    const rows = Uint32Array.from({ length: ${batch} * ROW_REGISTERS.length * 2 }, (_, i) => Math.imul(i + 1, 0x9e3779b9));
    const out = new Uint32Array(${batch} * 6);
    const derive = (times) => { for (let i = 0; i < times; i += ${batch}) kernel.derive(rows, out, ${batch}); };
    let collections = 0;
    derive(${derivations / 10});
    globalThis.gc();
    await setTimeout(50);
    const observer = new PerformanceObserver((list) => { collections += list.getEntries().length; });
    observer.observe({ entryTypes: ['gc'] });
    derive(${derivations});
    await setTimeout(50);
    console.log(collections);
  `;
}

function collections(engine: string, batch: number, derivations: number): number {
  const args = ['--expose-gc', '--input-type=module', '--eval', script(engine, batch, derivations)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8', cwd: fileURLToPath(new URL('..', import.meta.url)) }));
}

/** Garbage collections while words become words. */
export async function gc({ smoke }: Settings): Promise<Outcome> {
  const derivations = smoke ? 1e4 : DERIVATIONS;
  const found = ['generated', 'wasm'].map(
    (engine) => [engine, ...[1, 256].map((batch) => collections(engine, batch, derivations))] as const,
  );
  const rows = found.map(([engine, ...counts]) => [engine, ...counts.map(String)]);
  const grid = { title: 'Garbage collections in 10⁶ derivations', head: ['engine', 'one a call', '256 a call'], rows };
  return { grids: [grid], measured: { gc: Math.max(...found.flatMap(([, ...counts]) => counts)) } };
}
