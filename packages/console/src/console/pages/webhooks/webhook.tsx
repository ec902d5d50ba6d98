// Where one account hears that its credits or a budget run low.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { useAdmin } from "../../admin.ts";
import { AccountLink } from "../../links.tsx";
import { useMay } from "../../may.ts";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

const here = getRouteApi("/inside/webhooks/$accountId");

export function Webhook(): ReactNode {
  const { accountId } = here.useParams();
  const mayWrite = useMay("write");
  const query = useAdmin("getAccount", { params: { accountId } });
  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where">
        <Link to="/webhooks">Webhooks</Link>
      </nav>
      <Asked query={query}>
        {({ id, name, warnings }) => (
          <>
            <header>
              <h1>Webhook of {name}</h1>
              <Link to="/webhooks" search={{ account: id }}>
                Its warnings
              </Link>
            </header>
            <Facts
              facts={{
                Account: <AccountLink id={id} />,
                Receiver: warnings === null ? "none: warnings are only listed" : warnings.url,
                "Warned at": warnings && `${warnings.percents?.join(", ") ?? "the contract’s"} %`,
                Secret: warnings && `version ${warnings.secretVersion}`,
              }}
            />
            {mayWrite && <WebhookForm key={id} accountId={id} warnings={warnings} />}
            {mayWrite && warnings !== null && <WebhookSecret accountId={id} />}
          </>
        )}
      </Asked>
      <HowToVerify />
    </div>
  );
}

function HowToVerify(): ReactNode {
  return (
    <section className="box stack" aria-label="How a receiver verifies">
      <h2>How a receiver verifies</h2>
      <p>
        As{" "}
        <a href="https://www.standardwebhooks.com/" rel="noreferrer">
          Standard Webhooks
        </a>{" "}
        says: the header <code>webhook-signature</code> is <code>v1,</code> and the base64 of an
        HMAC-SHA256 of <code>webhook-id.webhook-timestamp.body</code>. Its key is what{" "}
        <code>whsec_</code> leads, read as base64.
      </p>
      <p>
        Compare in constant time, refuse a timestamp more than five minutes off, and answer 2xx. 410
        ends the deliveries.
      </p>
    </section>
  );
}
