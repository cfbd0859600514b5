import { type GeneratedFile, header, readSpec, readSpecFolder } from './spec-file.ts';

interface CoreRow {
  readonly part: string;
  readonly name: string;
  readonly level?: string;
  readonly year?: number;
  readonly codename?: string;
  readonly llvmCpu?: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

interface ProductsFile {
  readonly rows: readonly { readonly name: string; readonly cores: readonly string[] }[];
}

interface ImplementerFile {
  readonly code: string;
  readonly name: string;
  readonly cores: readonly CoreRow[];
}

/** A row as the run-time table has it: what only reviewers need is left out. */
function coreLine(code: string, { part, name, level, llvmCpu }: CoreRow): string {
  const rest = JSON.stringify({ name, level, llvmCpu });
  return `  { implementer: ${code}, part: ${part}, ${rest.slice(1, -1)} },\n`;
}

/** What is said of a core and decides nothing: pages that only derive do without. */
function wordsLine({ year, codename, names }: CoreRow, products: readonly string[]): string {
  return `  ${JSON.stringify({ year, codename, ...(products.length === 0 ? {} : { products }), names })},\n`;
}

/** The tables of implementers and cores, by code and part. */
export function generateSilicon(): readonly GeneratedFile[] {
  const files = [...readSpecFolder<ImplementerFile>('silicon')].sort((a, b) => Number(a.code) - Number(b.code));
  const implementers = files.map(({ code, name }) => `  { code: ${code}, name: ${JSON.stringify(name)} },\n`);
  const cores = files.flatMap(({ code, cores: rows }) =>
    [...rows].sort((a, b) => Number(a.part) - Number(b.part)).map((row) => ({ code, row })),
  );
  const { rows: products } = readSpec<ProductsFile>('products.json');
  const productsOf = (code: string, { part }: CoreRow): readonly string[] =>
    products.filter((product) => product.cores.includes(`${code}:${part}`)).map(({ name }) => name);
  const text = `${header('spec-data/silicon/')}
import type { CoreRow, Implementer } from '../core-descriptor.ts';

/** Every known implementer, by code. */
export const IMPLEMENTERS: readonly Implementer[] = [
${implementers.join('')}];

/** What is decided by every known core, by implementer and part. */
export const CORE_ROWS: readonly CoreRow[] = [
${cores.map(({ code, row }) => coreLine(code, row)).join('')}];
`;
  const words = `${header('spec-data/silicon/ and spec-data/products.json')}
import type { CoreWords } from '../core-descriptor.ts';

/** What is said of them, in the same order. */
export const CORE_WORDS: readonly CoreWords[] = [
${cores.map(({ code, row }) => wordsLine(row, productsOf(code, row))).join('')}];
`;
  return [
    { path: 'src/silicon/generated/cores.ts', text },
    { path: 'src/silicon/generated/core-words.ts', text: words },
  ];
}
