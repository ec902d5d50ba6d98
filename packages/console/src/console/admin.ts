// The admin API as the console asks it: our own typed client, and queries by the names of operations.

import type { admin as contract } from "@sluice/gateway/admin";
import { wire } from "@sluice/gateway/admin/wire";
import type { Client } from "sluice/client";
import {
  type Asking,
  type Paged,
  type PageOf,
  type Question,
  type RowOf,
  useAsked,
  useList,
} from "../parts/asking.ts";
import { browserClient } from "../parts/browser-client.ts";

export type AdminClient = Client<typeof contract>;
export const admin: AdminClient = browserClient<typeof contract>(wire, wire.basePath);

type Operations = (typeof contract)["server"]["operations"];
export type Operation = keyof Operations & string;
export type Input<O extends Operation> = Parameters<typeof admin.call<O>>[1];
export type Output<O extends Operation> = Awaited<ReturnType<typeof admin.call<O>>>;

/** The operations that answer lists. */
export type ListOperation = {
  [O in Operation]: Output<O> extends PageOf<object> ? O : never;
}[Operation];

/** One record of a list, by the operation that lists it. */
export type Listed<O extends ListOperation> = RowOf<Output<O>>;

export function keyOf<O extends Operation>(operation: O, input: Input<O>): Question {
  return [operation, input];
}

export function useAdmin<O extends Operation>(operation: O, input: Input<O>, how?: Asking) {
  const ask = (signal: AbortSignal) => admin.call(operation, input, { signal });
  return useAsked(keyOf(operation, input), ask, how);
}

export function useAdminList<O extends ListOperation>(operation: O, input: Input<O> & Paged) {
  return useList(keyOf(operation, input), (page, signal) =>
    admin.call(operation, { ...input, query: { ...input.query, ...page } }, { signal }),
  );
}
