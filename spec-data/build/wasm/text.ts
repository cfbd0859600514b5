/** Pieces of WebAssembly text. */
import type { Lane } from '../../../src/rows/vector-kernel.ts';

/** What the kernel has to know of the rows. */
export interface KernelShape {
  readonly lanes: readonly Lane[];
  readonly columns: number;
  readonly aarch32From: number;
  /** The first column behind those that are merged by masks: CTR_EL0. */
  readonly merged: number;
  /** The columns of some registers. */
  readonly midr: number;
  readonly pfr0: number;
  readonly clidr: number;
}

/** Lines, each with as many blanks before it. */
export function indented(lines: readonly string[], depth: number): string {
  return lines.map((line) => `${' '.repeat(depth)}${line}\n`).join('');
}

/** Sets a local. */
export function set(name: string, value: string): string {
  return `(local.set ${name} ${value})`;
}

/** Reads a local. */
export function get(name: string): string {
  return `(local.get ${name})`;
}
