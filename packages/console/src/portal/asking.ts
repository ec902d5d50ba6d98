// The portal API as the page asks it: our own typed client, and queries by the names of operations.

import type { portal as contract } from "@sluice/gateway/portal";
import { wire } from "@sluice/gateway/portal/wire";
import type { Client } from "sluice/client";
import {
  type Asking,
  type Paged,
  type PageOf,
  type RowOf,
  useAsked,
  useList,
} from "../parts/asking.ts";
import { browserClient } from "../parts/browser-client.ts";

export const portal: Client<typeof contract> = browserClient<typeof contract>(wire, wire.basePath);

type Operations = (typeof contract)["server"]["operations"];
export type Operation = keyof Operations & string;
export type Input<O extends Operation> = Parameters<typeof portal.call<O>>[1];
export type Output<O extends Operation> = Awaited<ReturnType<typeof portal.call<O>>>;

/** The operations that answer lists. */
export type ListOperation = {
  [O in Operation]: Output<O> extends PageOf<object> ? O : never;
}[Operation];

/** One record of a list, by the operation that lists it. */
export type Listed<O extends ListOperation> = RowOf<Output<O>>;

export function usePortal<O extends Operation>(operation: O, input: Input<O>, how?: Asking) {
  return useAsked([operation, input], (signal) => portal.call(operation, input, { signal }), how);
}

export function usePortalList<O extends ListOperation>(operation: O, input: Input<O> & Paged) {
  return useList([operation, input], (page, signal) =>
    portal.call(operation, { ...input, query: { ...input.query, ...page } }, { signal }),
  );
}

/** Who is signed in, and whether they see the whole account or may change it. */
export function useWho() {
  const query = usePortal("whoAmI", {});
  const may = (permission: "own" | "account" | "change") =>
    query.data?.permissions.includes(permission) === true;
  return { query, who: query.data, may };
}
