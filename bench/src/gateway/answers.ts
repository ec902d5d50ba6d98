// What the API behind every proxy answers: a list of 1 KB, event streams, a body of 10 MB down, and
// how many bytes of one came up.

export const PATHS = {
  items: "/v1/items",
  events: "/v1/events",
  download: "/v1/download",
  upload: "/v1/upload",
} as const;

const ITEMS_BYTES = 1_024;
export const BODY_BYTES = 10_000_000;

/** Each stream says one at once and then one every tenth of a second. */
export const EVENTS_PER_SECOND = 10;

/** JSON of 1,024 bytes. */
export const ITEMS = listOf(ITEMS_BYTES);

/** When it left, by the monotonic clock that all processes of a machine share, and words as a model writes them. */
export function eventAt(nanoseconds: bigint): string {
  return `event: delta\ndata: {"at":"${nanoseconds}","delta":"What makes a shopper come back?"}\n\n`;
}

/** Finds when events left in what has come of a stream; the last piece may be cut off. */
export const EVENT_PATTERN = /"at":"(\d+)"[^\n]*\n\n/g;

function listOf(bytes: number): string {
  const item = { id: "item_8fk2", name: "Brass valve", price_cents: 1250, in_stock: 42 };
  const list = { object: "list", data: Array.from({ length: 12 }, () => item), has_more: false };
  const rest = bytes - JSON.stringify({ ...list, padding: "" }).length;
  return JSON.stringify({ ...list, padding: "x".repeat(rest) });
}
