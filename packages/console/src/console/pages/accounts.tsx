// The accounts, found by a part of their id or name; and a new one.

import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { TextField } from "../../parts/field.tsx";
import { type Column, column, ListTable } from "../../parts/list-table.tsx";
import { Mark } from "../../parts/mark.tsx";
import { type Listed, useAdminList } from "../admin.ts";
import { useMay } from "../may.ts";
import { NewAccount } from "./account/new-account.tsx";

type Account = Listed<"listAccounts">;

const here = getRouteApi("/inside/accounts");

const columns: readonly Column<Account>[] = [
  column("Account", ({ id, name }) => (
    <>
      <Link to="/accounts/$accountId" params={{ accountId: id }}>
        {name}
      </Link>{" "}
      <code className="quiet">{id}</code>
    </>
  )),
  column("Plan", ({ plan }) => plan),
  column("Subscription", ({ subscription }) => (
    <Mark tone={subscription === "active" ? "good" : "bad"}>{subscription}</Mark>
  )),
  column("Exceptions", ({ overrides }) => (overrides === null ? "" : <Mark>from the plan</Mark>)),
];

export function Accounts(): ReactNode {
  const { search } = here.useSearch();
  const query = useAdminList("listAccounts", { query: { ...(search && { search }) } });
  return (
    <div className="page">
      <header>
        <h1>Accounts</h1>
        {useMay("write") && <NewAccount />}
      </header>
      <Find key={search} search={search} />
      <ListTable
        caption="Accounts, oldest first"
        columns={columns}
        query={query}
        keyOf={({ id }) => id}
        empty={
          search === undefined ? (
            <p>There are no accounts yet.</p>
          ) : (
            <p>
              No account has “{search}” in its id or name. <Link to="/accounts">Show all</Link>
            </p>
          )
        }
      />
    </div>
  );
}

function Find({ search }: { readonly search: string | undefined }): ReactNode {
  const navigate = here.useNavigate();
  const [text, setText] = useState(search ?? "");
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ search: text.trim() === "" ? {} : { search: text.trim() } });
      }}
    >
      <TextField label="Id or name" value={text} onChange={({ target }) => setText(target.value)} />
      <button type="submit" className="button">
        Find
      </button>
    </form>
  );
}
