export { KNOWN_RANGE, LONG_TERM_SERIES } from '../generated/known-range.ts';
