import { MACHINE_NOTES } from './generated/machines/notes.ts';

/**
 * What is to be known of the registers of a known machine: anomalies, assumptions and choices, a sentence or more each.
 *
 * @param name - The name that the catalogue has it under.
 * @returns Empty: there is nothing, or no such machine.
 *
 * @example
 * ```js
 * machineNotes('kunpeng-920').length > 0 // → true
 * ```
 */
export function machineNotes(name: string): readonly string[] {
  return MACHINE_NOTES[name] ?? [];
}
