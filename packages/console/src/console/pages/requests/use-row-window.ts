// The list of requests as the page scrolls through it.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { admin, type Listed } from "../../admin.ts";
import { RowWindow } from "./row-window.ts";
import type { RequestQuery } from "./search.ts";

export type RequestRow = Listed<"listRequests">;

/** The first page is there soon; behind it the reader scrolls, and each request counts towards the window of the session. */
const rowsAtFirst = 100;
const rowsBehind = 500;
const pagesMax = 12;
const rowsMax = 200_000;
const aheadRows = 400;

/** Another query, or another number of looks, is another list. */
export function useRowWindow(query: RequestQuery): RowWindow<RequestRow> {
  const queries = useQueryClient();
  const list = useMemo(
    () =>
      new RowWindow<RequestRow>({
        // By the cache of all queries, which hears of a session that is over; nothing of it stays there.
        ask: (cursor, signal) =>
          queries.fetchQuery({
            queryKey: ["listRequests", query, "rows", cursor ?? ""],
            queryFn: () => {
              const page =
                cursor === undefined
                  ? { ...query, limit: rowsAtFirst }
                  : { ...query, limit: rowsBehind, cursor };
              return admin.call("listRequests", { query: page }, { signal });
            },
            gcTime: 0,
            staleTime: 0,
          }),
        pagesMax,
        rowsMax,
        aheadRows,
      }),
    [queries, query],
  );
  useSyncExternalStore(list.listen, list.version);
  useEffect(() => list.look(0, 0), [list]);
  return list;
}
