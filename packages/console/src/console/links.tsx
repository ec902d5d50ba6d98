// Ways to what a page speaks of: an account, a key, a request, and requests that have something in common.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RequestSearch } from "./pages/requests/search.ts";

interface ToOne {
  readonly id: string;
  /** @default the id */
  readonly children?: ReactNode;
}

export function AccountLink({ id, children }: ToOne): ReactNode {
  return (
    <Link to="/accounts/$accountId" params={{ accountId: id }}>
      {children ?? <code>{id}</code>}
    </Link>
  );
}

export function KeyLink({ id, children }: ToOne): ReactNode {
  return (
    <Link to="/keys/$keyId" params={{ keyId: id }}>
      {children ?? <code>{id}</code>}
    </Link>
  );
}

export function RequestLink({ id, children }: ToOne): ReactNode {
  return (
    <Link to="/requests/$requestId" params={{ requestId: id }}>
      {children ?? <code>{id}</code>}
    </Link>
  );
}

export function RequestsLink({
  search,
  children,
}: {
  readonly search: RequestSearch;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Link to="/requests" search={search}>
      {children}
    </Link>
  );
}
