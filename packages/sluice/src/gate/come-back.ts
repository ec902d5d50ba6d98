/** When nobody knows how long an outage lasts: soon enough to notice its end, too late to be a flood. */
export const COME_BACK_MS = 1_000;
