// The plan and everything that it bounds, with the account's exceptions from it.

import type { ReactNode } from "react";
import { Asked, Empty } from "../../parts/asked.tsx";
import { type Column, column, Table } from "../../parts/list-table.tsx";
import { Mark } from "../../parts/mark.tsx";
import { count, credits, duration } from "../../parts/numbers.ts";
import { type Output, usePortal } from "../asking.ts";

type Plan = Output<"getPlan">;
type Window = Plan["windows"][number];
type Slot = Plan["slots"][number];
type Count = Plan["counts"][number];

export function Limits(): ReactNode {
  const query = usePortal("getPlan", {});
  return (
    <div className="page">
      <header>
        <h1>Limits</h1>
        {query.data !== undefined && (
          <p className="quiet">
            Plan {query.data.title} of {query.data.api}
          </p>
        )}
      </header>
      <Asked query={query}>
        {(plan) => (
          <>
            <Terms plan={plan} />
            <Rates plan={plan} />
          </>
        )}
      </Asked>
    </div>
  );
}

function Terms({ plan }: { readonly plan: Plan }): ReactNode {
  const { allowance, docs, support } = plan;
  return (
    <dl className="facts box">
      <dt>Subscription</dt>
      <dd>
        <Mark tone={plan.subscription === "active" ? "good" : "bad"}>{plan.subscription}</Mark>
      </dd>
      <dt>Credits</dt>
      <dd>{allowance === null ? "none come with the plan" : allowanceInWords(allowance)}</dd>
      {docs !== null && (
        <>
          <dt>Documents</dt>
          <dd>{isAddress(docs) ? <a href={docs}>{docs}</a> : docs}</dd>
        </>
      )}
      {support !== null && (
        <>
          <dt>Whom to ask</dt>
          <dd>{support}</dd>
        </>
      )}
    </dl>
  );
}

function allowanceInWords({ credits: amount, reset }: NonNullable<Plan["allowance"]>): string {
  if (reset.kind === "calendar_month") return `${credits(amount)} a calendar month (UTC)`;
  return `${credits(amount)} every ${duration(reset.everyMs)}, from the first use on`;
}

/** A path, or the web: nothing that a browser would run. */
function isAddress(docs: string): boolean {
  return /^(?:https?:\/\/|\/(?!\/))/.test(docs);
}

const owners = { key: "each key", account: "the account" } as const;

const own = ({ isException }: { readonly isException: boolean }) =>
  isException && <Mark tone="accent">your own</Mark>;

const windows: readonly Column<Window>[] = [
  column("Window", ({ name }) => <code>{name}</code>),
  column(
    "Requests",
    (window) => (
      <>
        {own(window)} {count(window.limit)}
      </>
    ),
    "number",
  ),
  column("In any", ({ windowMs }) => duration(windowMs), "number"),
  column("Counted for", ({ per }) => owners[per]),
  column("Operations", ({ operations }) => operations?.join(", ") ?? "all"),
];

const slots: readonly Column<Slot>[] = [
  column("Slot", ({ name }) => <code>{name}</code>),
  column(
    "At once",
    (slot) => (
      <>
        {own(slot)} {count(slot.limit)}
      </>
    ),
    "number",
  ),
  column("Counted for", ({ per }) => owners[per]),
  column("Operations", ({ operations }) => operations.join(", ")),
];

const counts: readonly Column<Count>[] = [
  column("What", ({ name }) => <code>{name}</code>),
  column(
    "At most",
    (one) => (
      <>
        {own(one)} {count(one.limit)}
      </>
    ),
    "number",
  ),
];

function Rates({ plan }: { readonly plan: Plan }): ReactNode {
  return (
    <>
      <section className="box" aria-labelledby="windows">
        <h2 id="windows">How fast</h2>
        <Table
          caption="Rate windows"
          columns={windows}
          rows={plan.windows}
          keyOf={({ name }) => name}
        />
      </section>
      <section className="box" aria-labelledby="slots">
        <h2 id="slots">How much at once</h2>
        {plan.slots.length === 0 ? (
          <Empty>
            <p>Nothing bounds how many requests may run at once.</p>
          </Empty>
        ) : (
          <Table caption="Slots" columns={slots} rows={plan.slots} keyOf={({ name }) => name} />
        )}
      </section>
      {plan.counts.length > 0 && (
        <section className="box" aria-labelledby="counts">
          <h2 id="counts">How many of what</h2>
          <Table caption="Counts" columns={counts} rows={plan.counts} keyOf={({ name }) => name} />
        </section>
      )}
    </>
  );
}
