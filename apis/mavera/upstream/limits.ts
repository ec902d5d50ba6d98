// How long and how many: bounds that several operations share.

/** Nobody waits longer than ten minutes for a stand-in. */
export const delayRange = { min: 0, max: 600_000 } as const;

export const maxTextLength = 100_000;
export const maxIdLength = 100;
export const maxNameLength = 100;
export const maxSearchLength = 200;
