// Links from one page to what another shows of the same account, key or request.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface ElsewhereProps {
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

export function Elsewhere({ to, search = {}, children }: ElsewhereProps): ReactNode {
  return (
    <Link to={to} search={search as never} preload={false}>
      {children}
    </Link>
  );
}

export function RequestLink({ id }: { readonly id: string }): ReactNode {
  return (
    <Elsewhere to={`/requests/${encodeURIComponent(id)}`}>
      <code>{id}</code>
    </Elsewhere>
  );
}

export function AccountLink({ id }: { readonly id: string }): ReactNode {
  return (
    <Link to="/accounts/$accountId" params={{ accountId: id }}>
      <code>{id}</code>
    </Link>
  );
}
