// What the account has left and how long that lasts, what it used, and how its budgets stand; of a key below the account, what
// is its own.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../parts/asked.tsx";
import { Mark } from "../../parts/mark.tsx";
import { type Output, useWho } from "../asking.ts";
import { Budgets } from "./overview/budgets.tsx";
import { Credits } from "./overview/credits.tsx";
import { Refusals } from "./overview/refusals.tsx";
import { UsageDays } from "./overview/usage-days.tsx";
import { UsageOperations } from "./overview/usage-operations.tsx";

export function Overview(): ReactNode {
  const { query, who } = useWho();
  return (
    <div className="page">
      <header>
        <h1>{who?.account.name ?? "Overview"}</h1>
        {who !== undefined && (
          <p className="row">
            <span className="quiet">Plan {who.account.plan}</span>
            {who.account.subscription === "inactive" && (
              <Mark tone="bad">subscription not active</Mark>
            )}
          </p>
        )}
      </header>
      <Asked query={query}>
        {(asked) => (asked.reach === "account" ? <OfAccount /> : <OfPart who={asked} />)}
      </Asked>
    </div>
  );
}

function OfAccount(): ReactNode {
  return (
    <>
      <div className="halves">
        <Credits />
        <UsageDays />
      </div>
      <UsageOperations />
      <Refusals />
      <Budgets />
    </>
  );
}

function OfPart({ who }: { readonly who: Output<"whoAmI"> }): ReactNode {
  const part = who.project ?? who.workspace;
  return (
    <>
      <div className="said">
        <p>
          This key belongs to the {who.reach} “{part?.name}”. It shows its{" "}
          <Link to="/requests">own requests</Link>, its <Link to="/limits">limits</Link> and the
          budgets that it is under. For credits and usage of the whole account, sign in with a key
          of the account.
        </p>
      </div>
      <UsageOperations />
      <Budgets />
    </>
  );
}
