/**
 * Many machines at once: a kernel compiled for rows of packed registers.
 *
 * @module
 */

export type { RegisterColumns } from './columns.ts';
export { type CompiledKernel, type CompileOptions, compile } from './compile.ts';
export { ENGINE_NAMES, type EngineName } from './engine-name.ts';
export { ROW_REGISTERS } from './generated/row-layout.ts';
export { packRow } from './pack-row.ts';
export type { Words } from './words.ts';
