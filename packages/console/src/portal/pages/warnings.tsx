// At which parts of credits and budgets somebody hears of it, where, and what they heard.

import type { ReactNode } from "react";
import { Asked } from "../../parts/asked.tsx";
import { type Column, column, ListTable } from "../../parts/list-table.tsx";
import { Mark } from "../../parts/mark.tsx";
import { count } from "../../parts/numbers.ts";
import { Ago, Time } from "../../parts/time.tsx";
import { type Listed, usePortal, usePortalList, useWho } from "../asking.ts";
import { Thresholds } from "./warnings/thresholds.tsx";

type Warning = Listed<"listWarnings">;

const tones = {
  waiting: "warn",
  delivered: "good",
  given_up: "bad",
  gone: "bad",
  listed: "plain",
} as const;

const states = {
  waiting: "on its way",
  delivered: "delivered",
  given_up: "not taken",
  gone: "webhook is gone",
  listed: "listed only",
} as const;

const columns: readonly Column<Warning>[] = [
  column("When", ({ atMs }) => <Time atMs={atMs} />),
  column("What", ({ subject }) => <Subject subject={subject} />),
  column("Reached", ({ percent }) => percent !== null && `${percent} %`, "number"),
  column(
    "Used",
    ({ used, cap }) => used !== null && cap !== null && `${count(used)} of ${count(cap)}`,
    "number",
  ),
  column("Webhook", ({ state, attempts }) => (
    <>
      <Mark tone={tones[state]}>{states[state]}</Mark> <LastAttempt attempts={attempts} />
    </>
  )),
];

export function Warnings(): ReactNode {
  const { may } = useWho();
  const thresholds = usePortal("getThresholds", {});
  const query = usePortalList("listWarnings", {});
  return (
    <div className="page">
      <header>
        <h1>Warnings</h1>
      </header>
      <Asked query={thresholds}>
        {(told) => <Thresholds told={told} mayChange={may("change")} />}
      </Asked>
      <section className="box" aria-labelledby="raised">
        <h2 id="raised">Raised so far</h2>
        <ListTable
          caption="Warnings, newest first"
          columns={columns}
          query={query}
          keyOf={({ id }) => id}
          empty={<p>Nothing has reached a threshold yet.</p>}
        />
      </section>
    </div>
  );
}

function Subject({ subject }: Pick<Warning, "subject">): ReactNode {
  switch (subject.kind) {
    case "credits":
      return "credits of the account";
    case "budget":
      return (
        <>
          budget of {subject.scope} <code>{subject.id}</code>
        </>
      );
    case "leak":
      return (
        <>
          the key{" "}
          <code>
            {subject.keyPrefix}…{subject.keyLastFour}
          </code>{" "}
          is public: {subject.done}
        </>
      );
  }
}

function LastAttempt({ attempts }: Pick<Warning, "attempts">): ReactNode {
  const last = attempts.at(-1);
  if (last === undefined) return undefined;
  return (
    <span className="quiet">
      {last.status === null ? last.error : `answered ${last.status}`} <Ago atMs={last.atMs} />
    </span>
  );
}
