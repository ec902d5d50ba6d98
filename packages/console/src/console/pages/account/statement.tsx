// An account's statement of a month: each movement of credits with what stands after it, and the sums that must meet.

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { TextField } from "../../../parts/field.tsx";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { count, credits } from "../../../parts/numbers.ts";
import { Time } from "../../../parts/time.tsx";
import { useAdmin } from "../../admin.ts";
import { everythingOf } from "../../everything.ts";
import { RequestLink } from "../../links.tsx";
import { useAccountId } from "./account.tsx";
import { changeOf, type Entry, type Sums, sumsOf, wordsOf } from "./statement-sums.ts";

const here = getRouteApi("/inside/accounts/$accountId/statement");

const columns: readonly Column<Entry>[] = [
  column("Time", ({ atMs }) => <Time atMs={atMs} />),
  column("Movement", (entry) => wordsOf(entry)),
  column("Of", ({ pot }) => <code>{potName(pot)}</code>),
  column("Request", ({ holdId }) => (holdId === null ? "" : <RequestLink id={holdId} />)),
  column("Credits", ({ amount }) => count(amount), "number"),
  column("Change", (entry) => signed(changeOf(entry)), "number"),
  column("Left after", ({ availableAfter }) => count(availableAfter), "number"),
  column("Held after", ({ heldAfter }) => count(heldAfter), "number"),
];

export function Statement(): ReactNode {
  const accountId = useAccountId();
  const { month = monthOf(Date.now()) } = here.useSearch();
  const navigate = here.useNavigate();
  const fromMs = Date.parse(`${month}-01T00:00:00Z`);
  const toMs = monthAfter(fromMs);
  const query = useQuery({
    queryKey: ["listEntries", accountId, month],
    queryFn: async ({ signal }) => {
      const input = { params: { accountId } };
      const isEnough = (rows: readonly Entry[]) => rows.some(({ atMs }) => atMs < fromMs);
      return everythingOf("listEntries", input, signal, isEnough);
    },
  });
  return (
    <>
      <div className="filters">
        <TextField
          label="Month (UTC)"
          type="month"
          value={month}
          max={monthOf(Date.now())}
          onChange={({ target }) => {
            const chosen = /^\d{4}-\d{2}$/.test(target.value) ? { month: target.value } : {};
            void navigate({ search: chosen });
          }}
        />
      </div>
      <Asked query={query}>
        {({ rows, isCut }) => {
          const entries = rows.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
          const earlier = rows.find(({ atMs }) => atMs < fromMs);
          return (
            <>
              {isCut && (
                <p className="said warn">
                  These are the newest {count(rows.length)} movements. Older ones are not on this
                  page: the sums begin where they end.
                </p>
              )}
              <SumTable sums={sumsOf(entries, earlier)} isNow={toMs > Date.now()} />
              <Movements entries={entries} />
            </>
          );
        }}
      </Asked>
    </>
  );
}

function Movements({ entries }: { readonly entries: readonly Entry[] }): ReactNode {
  const [isAll, showAll] = useState(false);
  const shown = isAll ? entries : entries.slice(0, 200);
  if (entries.length === 0) {
    return (
      <div className="empty">
        <p>No credits moved in this month.</p>
      </div>
    );
  }
  return (
    <>
      <Table
        caption="Movements of credits, newest first"
        columns={columns}
        rows={shown}
        keyOf={({ sequence }) => String(sequence)}
      />
      {shown.length < entries.length && (
        <p>
          <button type="button" className="button" onClick={() => showAll(true)}>
            Show all {count(entries.length)} movements
          </button>
        </p>
      )}
    </>
  );
}

function SumTable({ sums, isNow }: { readonly sums: Sums; readonly isNow: boolean }): ReactNode {
  const lines = [
    ["Balance at the beginning", count(sums.opening)],
    ["Given: allowance and grants", signed(sums.given)],
    ["Allowance taken back", signed(-sums.takenBack)],
    ["Charged", signed(-sums.charged)],
    ["Lapsed", signed(-sums.lapsed)],
    ["Balance at the end", credits(sums.closing)],
  ] as const;
  return (
    <section className="stack">
      <table className="table sum">
        <caption className="only-read">What the month adds up to</caption>
        <tbody>
          {lines.map(([name, amount]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">{amount}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sums.addsUp ? (
        <p className="said good">
          It adds up, line by line.
          {sums.held > 0 && ` Of the balance ${credits(sums.held)} are held for what runs.`}
        </p>
      ) : (
        <p className="said bad" role="alert">
          It does not add up: prove the ledger, on the page “Ledger”.
        </p>
      )}
      {isNow && <Ahead closing={sums.closing} />}
    </section>
  );
}

/** What begins or ends is written down when credits are next taken; what can be spent knows of it before. */
function Ahead({ closing }: { readonly closing: number }): ReactNode {
  const accountId = useAccountId();
  const { data } = useAdmin("getCredits", { params: { accountId } });
  if (data === undefined) return undefined;
  const can = data.remaining + data.held;
  if (can === closing)
    return <p className="quiet">The account has {credits(can)} now: the same.</p>;
  return (
    <p className="quiet">
      The account has {credits(can)} now. The {credits(Math.abs(can - closing))} between are an
      allowance that begins, or something that lapses: it is written down with the next request that
      costs credits.
    </p>
  );
}

function potName(pot: string): string {
  return pot.startsWith("allowance/")
    ? `allowance of ${pot.slice(-24, -14)}`
    : pot.replace("grant/", "grant ");
}

function signed(change: number): string {
  if (change === 0) return "0";
  return change > 0 ? `+${count(change)}` : `−${count(-change)}`;
}

function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

function monthAfter(fromMs: number): number {
  const from = new Date(fromMs);
  return Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1);
}
