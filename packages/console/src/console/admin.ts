// The admin API as the console asks it: our own typed client, and queries by the names of operations.

import type { admin as contract } from "@sluice/gateway/admin";
import { wire } from "@sluice/gateway/admin/wire";
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type { Client } from "sluice/client";
import { browserClient } from "../parts/browser-client.ts";
import type { PageOf } from "../parts/list-table.tsx";

export type AdminClient = Client<typeof contract>;
export const admin: AdminClient = browserClient<typeof contract>(wire, wire.basePath);

type Operations = (typeof contract)["server"]["operations"];
export type Operation = keyof Operations & string;
export type Input<O extends Operation> = Parameters<typeof admin.call<O>>[1];
export type Output<O extends Operation> = Awaited<ReturnType<typeof admin.call<O>>>;

/** One record of a list, by the operation that lists it. */
export type Listed<O extends Operation> =
  Output<O> extends PageOf<infer Row> ? Extract<Row, object> : never;

export interface Asking {
  /** How often it is asked again by itself, in milliseconds. @default never */
  readonly everyMs?: number;
  readonly isOn?: boolean;
}

/** What is asked is the name of the answer: the same question is asked once. */
export function keyOf<O extends Operation>(operation: O, input: Input<O>): readonly unknown[] {
  return [operation, input];
}

export function useAdmin<O extends Operation>(
  operation: O,
  input: Input<O>,
  { everyMs, isOn = true }: Asking = {},
): UseQueryResult<Output<O>> {
  return useQuery({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => admin.call(operation, input, { signal }),
    enabled: isOn,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
}

/** A list, page by page. */
export function useAdminList<O extends Operation>(
  operation: O,
  input: Input<O>,
): UseInfiniteQueryResult<InfiniteData<PageOf<Listed<O>>>> {
  return useInfiniteQuery({
    queryKey: [operation, input, "pages"],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const asked = input as { readonly query?: object };
      const query = { ...asked.query, ...(pageParam && { cursor: pageParam }) };
      const page = await admin.call(operation, { ...asked, query } as Input<O>, { signal });
      return page as unknown as PageOf<Listed<O>>;
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}
