// The desk of the admin API's handlers, where a customer asks: what is changed, a key of theirs has changed.

import type { Desk } from "../admin/desk/desk.ts";

export function asCustomerKey(desk: Desk): Desk {
  return {
    ...desk,
    async changeBy({ caller: { keyId } }) {
      const used = await desk.stores.directory.key(keyId);
      return { by: `customer's key ${used?.name ?? "?"} (${keyId})`, atMs: desk.clock.wallMs() };
    },
  };
}
