// An account at a glance: what is left, what this month was like, what the plan gives and where the account has an exception.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Bar } from "../../../parts/bar.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { count, credits, percent } from "../../../parts/numbers.ts";
import { Ago, Day } from "../../../parts/time.tsx";
import { useAdmin } from "../../admin.ts";
import { RequestsLink } from "../../links.tsx";
import { useAccount, useAccountId } from "./account.tsx";
import { Exceptions } from "./exceptions.tsx";
import { PlanChange, SubscriptionSwitch } from "./plan-change.tsx";

const EVERY_MS = 10_000;

export function AccountOverview(): ReactNode {
  const account = useAccount();
  if (account === undefined) return undefined;
  return (
    <>
      <div className="grid">
        <Left />
        <ThisMonth />
        <Further />
      </div>
      <section className="box">
        <div className="row apart">
          <h2>Plan and exceptions</h2>
          <span className="row">
            <PlanChange account={account} />
            <SubscriptionSwitch account={account} />
          </span>
        </div>
        <Exceptions account={account} />
      </section>
    </>
  );
}

function Left(): ReactNode {
  const accountId = useAccountId();
  const query = useAdmin("getCredits", { params: { accountId } }, { everyMs: EVERY_MS });
  return (
    <section className="box">
      <h2>Credits left</h2>
      <Asked query={query}>
        {({ remaining, held, used, allowance, resetAtMs }) => (
          <div className="stack">
            <p className="big">{credits(remaining)}</p>
            {allowance !== null && (
              <Bar used={used} held={held} cap={allowance.credits} label="Allowance" />
            )}
            <Facts
              facts={{
                Used:
                  allowance === null
                    ? count(used)
                    : `${count(used)} of ${credits(allowance.credits)}`,
                Held: credits(held),
                "Starts anew": resetAtMs === null ? "–" : <Ago atMs={resetAtMs} />,
              }}
            />
            <Link to="/accounts/$accountId/credits" params={{ accountId }}>
              Allowance and grants
            </Link>
          </div>
        )}
      </Asked>
    </section>
  );
}

function ThisMonth(): ReactNode {
  const accountId = useAccountId();
  const query = useAdmin("getUsage", { params: { accountId } }, { everyMs: EVERY_MS });
  return (
    <section className="box">
      <h2>This month</h2>
      <Asked query={query}>
        {({ fromMs, requests, refusals, faults, credits: charged }) => (
          <Facts
            facts={{
              Since: <Day atMs={fromMs} />,
              Requests: count(requests),
              Refusals: `${count(refusals)} (${percent(refusals, requests)})`,
              Faults: `${count(faults)} (${percent(faults, requests)})`,
              Charged: credits(charged),
            }}
          />
        )}
      </Asked>
    </section>
  );
}

function Further(): ReactNode {
  const accountId = useAccountId();
  const search = { account: accountId };
  return (
    <section className="box">
      <h2>What happened</h2>
      <ul className="plain-list">
        <li>
          <RequestsLink search={{ ...search, ending: "refused" }}>Refused requests</RequestsLink>
        </li>
        <li>
          <RequestsLink search={{ ...search, ending: "fault" }}>
            Requests that ended with a fault
          </RequestsLink>
        </li>
        <li>
          <RequestsLink search={search}>All requests</RequestsLink>
        </li>
        <li>
          <Link to="/webhooks" search={search}>
            Warnings and their webhook
          </Link>
        </li>
      </ul>
    </section>
  );
}
