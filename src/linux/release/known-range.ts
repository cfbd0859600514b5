export { KNOWN_RANGE } from '../generated/known-range.ts';
