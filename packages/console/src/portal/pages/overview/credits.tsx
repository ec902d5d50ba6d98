// What is left, what it is made of, and how long it lasts.

import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Bar } from "../../../parts/bar.tsx";
import { Id } from "../../../parts/id.tsx";
import { count, credits } from "../../../parts/numbers.ts";
import { Time } from "../../../parts/time.tsx";
import { type Output, usePortal } from "../../asking.ts";
import { Forecast } from "./forecast.tsx";

type Balance = Output<"getCredits">;

export function Credits(): ReactNode {
  const query = usePortal("getCredits", {});
  return (
    <section className="box stack" aria-labelledby="credits">
      <h2 id="credits">Credits</h2>
      <Asked query={query}>{(balance) => <Left balance={balance} />}</Asked>
      <Forecast />
    </section>
  );
}

function Left({ balance }: { readonly balance: Balance }): ReactNode {
  const { remaining, held, used, resetAtMs, pots } = balance;
  const grants = pots.filter(({ kind }) => kind === "grant");
  return (
    <>
      <p>
        <span className="figure">{count(remaining)}</span> credits left
      </p>
      <Bar used={used} held={held} cap={used + held + remaining} label="Credits" />
      <dl className="facts">
        <dt>Used in this period</dt>
        <dd>{credits(used)}</dd>
        {held > 0 && (
          <>
            <dt>Set aside for calls that run</dt>
            <dd>{credits(held)}</dd>
          </>
        )}
        {balance.allowance !== null && (
          <>
            <dt>Comes with the plan</dt>
            <dd>
              {credits(balance.allowance.credits)}
              {balance.allowance.reset.kind === "calendar_month" && " each month"}
            </dd>
          </>
        )}
        {resetAtMs !== null && (
          <>
            <dt>Starts anew</dt>
            <dd>
              <Time atMs={resetAtMs} />
            </dd>
          </>
        )}
      </dl>
      {grants.length > 0 && (
        <details>
          <summary>
            {grants.length === 1 ? "One grant" : `${grants.length} grants`} with credits left
          </summary>
          <ul className="plain-list">
            {grants.map(({ id, remaining: left, expiresAtMs }) => (
              <li key={id}>
                {credits(left)} of <Id id={id ?? ""} label="grant" />
                {expiresAtMs !== null && (
                  <>
                    , until <Time atMs={expiresAtMs} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
