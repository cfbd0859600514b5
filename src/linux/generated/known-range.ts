// Generated from spec-data/linux/releases.json by `npm run gen`. Do not edit.

/** The oldest and the newest mainline release that are known, as people write them. */
export const KNOWN_RANGE = { oldest: '4.4', newest: '7.3' } as const;
