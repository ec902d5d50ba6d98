// Who sent what, and what it cost.

import type { ReactNode } from "react";
import { Id } from "../../../parts/id.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { credits } from "../../../parts/numbers.ts";
import { AccountLink, KeyLink } from "../../links.tsx";
import type { Explanation } from "./explanation.ts";

export interface FactsProps {
  readonly request: Explanation["request"];
  readonly cost: Explanation["cost"];
}

export function Facts({ request, cost }: FactsProps): ReactNode {
  const { accountId, keyId, isOlderSecret, clientRequestId, api, operation, address } = request;
  return (
    <section className="box" aria-labelledby="facts-title">
      <h2 id="facts-title">Who, what, and what it cost</h2>
      <dl className="facts">
        <dt>Cost</dt>
        <dd>
          <CostInWords cost={cost} />
        </dd>
        <dt>Account</dt>
        <dd>{accountId === null ? "nobody who is known" : <AccountLink id={accountId} />}</dd>
        <dt>Key</dt>
        <dd>
          {keyId === null ? "none that is known" : <KeyLink id={keyId} />}{" "}
          {isOlderSecret && <Mark tone="warn">older secret</Mark>}
        </dd>
        <dt>API</dt>
        <dd>{api}</dd>
        <dt>Operation</dt>
        <dd>{operation ?? "none of the contract"}</dd>
        <dt>Address</dt>
        <dd>
          <code>{address}</code>
        </dd>
        {clientRequestId !== null && (
          <>
            <dt>Client request id</dt>
            <dd>
              <Id id={clientRequestId} label="client request id" />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function CostInWords({
  cost: { state, credits: amount, overage, isJob },
}: Pick<FactsProps, "cost">) {
  const job = isJob ? " of a job" : "";
  const beyond =
    overage === 0 ? "" : `, and ${credits(overage)} beyond what was held, which were not taken`;
  switch (state) {
    case "charged":
      return `${credits(amount)} charged${job}${beyond}`;
    case "held":
      return `${credits(amount)} held${job}, not decided yet`;
    case "expired":
      return `${credits(amount)} were held and given back when nobody ended it in time`;
    default:
      return "nothing: no credit moved";
  }
}
