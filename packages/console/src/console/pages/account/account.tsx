// One account: who it is, and where each part of it is found. Each part has an address of its own.

import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Id } from "../../../parts/id.tsx";
import { Mark } from "../../../parts/mark.tsx";
import "../../../styles/account.css";
import { type Output, useAdmin } from "../../admin.ts";

export type AccountShown = Output<"getAccount">;

const here = getRouteApi("/inside/accounts/$accountId");

const parts = [
  { to: "/accounts/$accountId", name: "Overview" },
  { to: "/accounts/$accountId/keys", name: "Keys" },
  { to: "/accounts/$accountId/budgets", name: "Budgets" },
  { to: "/accounts/$accountId/credits", name: "Credits" },
  { to: "/accounts/$accountId/statement", name: "Statement" },
  { to: "/accounts/$accountId/history", name: "Changes" },
] as const;

export function AccountFrame(): ReactNode {
  const { accountId } = here.useParams();
  const query = useAdmin("getAccount", { params: { accountId } });
  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where">
        <Link to="/accounts">Accounts</Link>
      </nav>
      {query.data === undefined && <h1>Account {accountId}</h1>}
      <Asked query={query}>
        {({ id, name, plan, subscription }) => (
          <>
            <header>
              <h1>{name}</h1>
              <span className="row">
                <Id id={id} label="account id" />
                <Mark>{plan}</Mark>
                <Mark tone={subscription === "active" ? "good" : "bad"}>{subscription}</Mark>
              </span>
            </header>
            <nav aria-label="Account" className="tabs">
              <ul>
                {parts.map(({ to, name }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      params={{ accountId }}
                      activeOptions={{ exact: true, includeSearch: false }}
                    >
                      {name}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
            <Outlet />
          </>
        )}
      </Asked>
    </div>
  );
}

/** For the parts: the account is there, since its frame shows it. */
export function useAccount(): AccountShown | undefined {
  const { accountId } = here.useParams();
  return useAdmin("getAccount", { params: { accountId } }).data;
}

export function useAccountId(): string {
  return here.useParams().accountId;
}
