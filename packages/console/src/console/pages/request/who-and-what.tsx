// Who sent what, and what it cost.

import type { ReactNode } from "react";
import { Facts } from "../../../parts/facts.tsx";
import { Id } from "../../../parts/id.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { credits } from "../../../parts/numbers.ts";
import { AccountLink, KeyLink } from "../../links.tsx";
import type { Explanation } from "./explanation.ts";

export interface WhoAndWhatProps {
  readonly request: Explanation["request"];
  readonly cost: Explanation["cost"];
}

export function WhoAndWhat({ request, cost }: WhoAndWhatProps): ReactNode {
  const { accountId, keyId, isOlderSecret, clientRequestId, api, operation, address } = request;
  const key = keyId === null ? "none that is known" : <KeyLink id={keyId} />;
  return (
    <section className="box" aria-labelledby="facts-title">
      <h2 id="facts-title">Who, what, and what it cost</h2>
      <Facts
        facts={{
          Cost: inWords(cost),
          Account: accountId === null ? "nobody who is known" : <AccountLink id={accountId} />,
          Key: (
            <>
              {key} {isOlderSecret && <Mark tone="warn">older secret</Mark>}
            </>
          ),
          API: api,
          Operation: operation ?? "none of the contract",
          Address: <code>{address}</code>,
          "Client request id": clientRequestId !== null && (
            <Id id={clientRequestId} label="client request id" />
          ),
        }}
      />
    </section>
  );
}

function inWords({ state, credits: amount, overage, isJob }: Explanation["cost"]): string {
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
