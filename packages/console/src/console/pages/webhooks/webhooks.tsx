// Warnings of low credits and budgets: what was raised, and how each got through.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { FormEvent, ReactNode } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { type Column, column, ListTable } from "../../../parts/list-table.tsx";
import { count } from "../../../parts/numbers.ts";
import { Time } from "../../../parts/time.tsx";
import { useAdminList } from "../../admin.ts";
import { AccountPicker } from "./account-picker.tsx";
import { Deliveries } from "./deliveries.tsx";
import { states, webhookSearch } from "./states.ts";
import { StateMark, Subject, type Warning } from "./warning.tsx";

const here = getRouteApi("/inside/webhooks");

const columns: readonly Column<Warning>[] = [
  column("Raised", ({ atMs }) => <Time atMs={atMs} />),
  column("Account", ({ accountId }) => (
    <Link to="/webhooks/$accountId" params={{ accountId }}>
      <code>{accountId}</code>
    </Link>
  )),
  column("About", (warning) => <Subject warning={warning} />),
  column("Reached", ({ percent }) => percent !== null && `${percent} %`, "number"),
  column(
    "Used",
    ({ used, cap }) => used !== null && cap !== null && `${count(used)} of ${count(cap)} credits`,
    "number",
  ),
  column("State", (warning) => <StateMark warning={warning} />),
  column("Deliveries", (warning) => <Deliveries warning={warning} />),
];

export function Webhooks(): ReactNode {
  const { account, state } = here.useSearch();
  const query = useAdminList("listWarnings", {
    query: { ...(account && { accountId: account }), ...(state && { state }) },
  });
  const isFiltered = account !== undefined || state !== undefined;
  return (
    <div className="page">
      <header>
        <h1>Webhooks</h1>
        <p className="quiet">Customers hear here that credits or a budget run low.</p>
      </header>
      <AccountPicker />
      <Filters key={`${account} ${state}`} />
      <ListTable
        caption="Warnings, newest first"
        columns={columns}
        query={query}
        keyOf={({ id }) => id}
        empty={
          isFiltered ? (
            <p>
              No warning is like that. <Link to="/webhooks">Show all</Link>
            </p>
          ) : (
            <p>Nobody’s credits or budgets have run low.</p>
          )
        }
      />
    </div>
  );
}

function Filters(): ReactNode {
  const { account, state } = here.useSearch();
  const navigate = here.useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget));
    void navigate({ search: webhookSearch(given) });
  };
  return (
    <form className="filters" aria-label="Which warnings" onSubmit={submit}>
      <TextField label="Account id" name="account" defaultValue={account} />
      <SelectField label="State" name="state" defaultValue={state ?? ""}>
        <option value="">Every state</option>
        {Object.entries(states).map(([name, { says }]) => (
          <option key={name} value={name}>
            {says}
          </option>
        ))}
      </SelectField>
      <button type="submit" className="button">
        Find
      </button>
    </form>
  );
}
