// Ways to what a page speaks of: an account, a key, a request, and requests that have something in common.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RequestSearch } from "./pages/requests/search.ts";

interface ToOne {
  readonly id: string;
  readonly children?: ReactNode;
}

export function AccountLink({ id, children }: ToOne): ReactNode {
  const to: string = `/accounts/${encodeURIComponent(id)}`;
  return <Link to={to}>{children ?? <code>{id}</code>}</Link>;
}

export function KeyLink({ id, children }: ToOne): ReactNode {
  const to: string = `/keys/${encodeURIComponent(id)}`;
  return <Link to={to}>{children ?? <code>{id}</code>}</Link>;
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
