// The portal API as the page asks it: our own typed client, and queries by the names of operations.

import type { portal as contract } from "@sluice/gateway/portal";
import { wire } from "@sluice/gateway/portal/wire";
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

export const portal: Client<typeof contract> = browserClient<typeof contract>(wire, wire.basePath);

type Operations = (typeof contract)["server"]["operations"];
export type Operation = keyof Operations & string;
export type Input<O extends Operation> = Parameters<typeof portal.call<O>>[1];
export type Output<O extends Operation> = Awaited<ReturnType<typeof portal.call<O>>>;

/** One record of a list, by the operation that lists it. */
export type Listed<O extends Operation> =
  Output<O> extends PageOf<infer Row> ? Extract<Row, object> : never;

/** What is asked is the name of the answer: the same question is asked once. */
export function usePortal<O extends Operation>(
  operation: O,
  input: Input<O>,
  isOn = true,
): UseQueryResult<Output<O>> {
  return useQuery({
    queryKey: [operation, input],
    queryFn: ({ signal }) => portal.call(operation, input, { signal }),
    enabled: isOn,
  });
}

/** A list, page by page. */
export function usePortalList<O extends Operation>(
  operation: O,
  input: Input<O>,
): UseInfiniteQueryResult<InfiniteData<PageOf<Listed<O>>>> {
  return useInfiniteQuery({
    queryKey: [operation, input, "pages"],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const asked = input as { readonly query?: object };
      const query = { ...asked.query, ...(pageParam && { cursor: pageParam }) };
      const page = await portal.call(operation, { ...asked, query } as Input<O>, { signal });
      return page as unknown as PageOf<Listed<O>>;
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** Who is signed in, and whether they see the whole account or may change it. */
export function useWho() {
  const query = usePortal("whoAmI", {});
  const may = (permission: "own" | "account" | "change") =>
    query.data?.permissions.includes(permission) === true;
  return { query, who: query.data, may };
}
