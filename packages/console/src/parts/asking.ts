// What a page asks an API through our own typed client, as queries by the names of operations: an answer, or a list page by page.

import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";

/** A page of a list, and where the next one begins. */
export interface PageOf<Row> {
  readonly data: readonly Row[];
  readonly next: string | null;
}

/** One record of a list, by what its operation answers. */
export type RowOf<Output> = Output extends PageOf<infer Row> ? Extract<Row, object> : never;

/** What the operations of lists take beside what they are asked for. */
export interface Paged {
  readonly query?: object;
}

export interface Asking {
  /** How often it is asked again by itself, in milliseconds. @default never */
  readonly everyMs?: number;
  readonly isOn?: boolean;
}

/** What is asked is the name of the answer: the same question is asked once. */
export type Question = readonly [operation: string, input: unknown];

export function useAsked<Output>(
  question: Question,
  ask: (signal: AbortSignal) => Promise<Output>,
  { everyMs, isOn = true }: Asking = {},
): UseQueryResult<Output> {
  return useQuery({
    queryKey: question,
    queryFn: ({ signal }) => ask(signal),
    enabled: isOn,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
}

/** @param ask with what its query has more: the cursor of a page that is not the first */
export function useList<Row, Page extends PageOf<Row>>(
  question: Question,
  ask: (page: { readonly cursor?: string }, signal: AbortSignal) => Promise<Page>,
): UseInfiniteQueryResult<InfiniteData<Page>> {
  return useInfiniteQuery({
    queryKey: [...question, "pages"],
    initialPageParam: {},
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    getNextPageParam: ({ next }) => (next === null ? undefined : { cursor: next }),
  });
}
