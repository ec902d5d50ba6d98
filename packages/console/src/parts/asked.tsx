// What was asked for: on its way, failed, empty, or there.

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isApiError } from "sluice/client";
import { Id } from "./id.tsx";

export interface AskedProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

export function Asked<Data>({ query, children }: AskedProps<Data>): ReactNode {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Problem error={query.error} retry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <Problem error={query.error} retry={() => void query.refetch()} />;
  return <Waiting />;
}

export function Waiting(): ReactNode {
  return (
    <p className="waiting" role="status">
      Loading …
    </p>
  );
}

/** What went wrong, in words, with what support asks for, and what to do. */
export function Problem({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry?: () => void;
}): ReactNode {
  const requestId = isApiError(error) ? error.requestId : undefined;
  return (
    <div className="said bad" role="alert">
      <p>{wordsOf(error)}</p>
      {requestId !== undefined && (
        <p>
          Request <Id id={requestId} label="request id" />
        </p>
      )}
      {retry !== undefined && (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function wordsOf(error: unknown): string {
  if (!isApiError(error)) return error instanceof Error ? error.message : String(error);
  if (error.source !== "answer") return "The gateway does not answer. Is it running?";
  // What stands in brackets is for programs.
  return error.message.replace(/ \([^()]*\)$/, "");
}

export function Empty({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="empty">{children}</div>;
}
