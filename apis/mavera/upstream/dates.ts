// The two ways in which this API writes a time: seconds for most things, ISO 8601 for Mave's.

export function unixSeconds(wallMs: number): number {
  return Math.floor(wallMs / 1000);
}

export function isoDate(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
