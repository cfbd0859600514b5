/** @module The words for a loss, which a page whose bit comes through does without: see loss.ts. */
export { absentCause, unknownCause } from '../../formats/absence-words.ts';
export { whyNot } from '../../formats/outcome-words.ts';
export { PLACE_NAMES, stationLines } from '../../formats/station-words.ts';
