// Generated from spec-data/linux/releases.json by `npm run gen`. Do not edit.

/** The oldest and the newest mainline release that are known, as people write them. */
export const KNOWN_RANGE = { oldest: '4.4', newest: '7.3' } as const;

/** The mainline series that kernel.org has kept for years. */
export const LONG_TERM_SERIES: readonly string[] = ["4.4","4.9","4.14","4.19","5.4","5.10","5.15","6.1","6.6","6.12","6.18"];
