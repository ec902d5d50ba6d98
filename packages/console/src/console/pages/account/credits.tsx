// What an account's credits are made of, what it was given, and holds that somebody should look at.

import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { type Column, column, ListTable, Table } from "../../../parts/list-table.tsx";
import { count, credits } from "../../../parts/numbers.ts";
import { Ago, Day, Time } from "../../../parts/time.tsx";
import { type Listed, type Output, useAdmin, useAdminList } from "../../admin.ts";
import { useMay } from "../../may.ts";
import { OddHolds } from "../odd-holds.tsx";
import { useAccountId } from "./account.tsx";
import { everyOf } from "./exception-lines.ts";
import { GiveCredits } from "./give-credits.tsx";

type Pot = Output<"getCredits">["pots"][number];
type Grant = Listed<"listGrants">;

const pots: readonly Column<Pot>[] = [
  column("Spent in this order", ({ kind, id }) =>
    id === null ? (
      kind
    ) : (
      <>
        {kind} <code>{id}</code>
      </>
    ),
  ),
  column("Left", ({ remaining }) => credits(remaining), "number"),
  column("Ends", ({ expiresAtMs }) => (expiresAtMs === null ? "–" : <Ago atMs={expiresAtMs} />)),
];

const grants: readonly Column<Grant>[] = [
  column("Grant", ({ id }) => <code>{id}</code>),
  column("Reason", ({ reason }) => reason),
  column("Given", ({ amount }) => count(amount), "number"),
  column("Left", ({ remaining }) => count(remaining), "number"),
  column("Held", ({ held }) => count(held), "number"),
  column("Charged", ({ charged }) => count(charged), "number"),
  column("Lapsed", ({ lapsed }) => count(lapsed), "number"),
  column("Ends", ({ expiresAtMs }) => (expiresAtMs === null ? "–" : <Time atMs={expiresAtMs} />)),
];

export function AccountCredits(): ReactNode {
  const accountId = useAccountId();
  const input = { params: { accountId } };
  const balance = useAdmin("getCredits", input);
  const given = useAdminList("listGrants", input);
  const mayWrite = useMay("write");
  return (
    <>
      <section className="stack">
        <h2>What is left</h2>
        <Asked query={balance}>{(shown) => <Balance shown={shown} />}</Asked>
      </section>
      <section className="stack">
        <div className="row apart">
          <h2>Grants</h2>
          {mayWrite && <GiveCredits />}
        </div>
        <ListTable
          caption="Grants, in credits, newest first"
          columns={grants}
          query={given}
          keyOf={({ id }) => id}
          empty={<p>The account was given nothing beside its plan.</p>}
        />
      </section>
      <OddHolds accountId={accountId} />
    </>
  );
}

function Balance({ shown }: { readonly shown: Output<"getCredits"> }): ReactNode {
  const { remaining, held, used, allowance, periodStartMs, resetAtMs } = shown;
  return (
    <>
      <Facts
        facts={{
          Left: credits(remaining),
          "Held for what runs": credits(held),
          "Used in this period": credits(used),
          Allowance:
            allowance === null ? "none" : `${credits(allowance.credits)}, ${everyOf(allowance)}`,
          "Period since": periodStartMs === null ? "not begun" : <Day atMs={periodStartMs} />,
          "Starts anew": resetAtMs === null ? "–" : <Time atMs={resetAtMs} />,
        }}
      />
      {shown.pots.length > 0 && (
        <Table
          caption="Allowance and grants, in the order in which they are spent"
          columns={pots}
          rows={shown.pots}
          keyOf={({ id }) => id ?? "allowance"}
        />
      )}
    </>
  );
}
