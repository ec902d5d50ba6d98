// How long a window is where Redis is killed: each of them meets one outage at most.

export const shortWindowMs = 6_000;
