// The keys of an account.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type Column, column, ListTable } from "../../../parts/list-table.tsx";
import { credits } from "../../../parts/numbers.ts";
import { Day } from "../../../parts/time.tsx";
import { type Listed, useAdminList } from "../../admin.ts";
import { useMay } from "../../may.ts";
import { KeyMark } from "../key/key-mark.tsx";
import { NewKey } from "../key/new-key.tsx";
import { useAccountId } from "./account.tsx";

type Key = Listed<"listKeys">;

const columns: readonly Column<Key>[] = [
  column("Key", ({ id, name }) => (
    <>
      <Link to="/keys/$keyId" params={{ keyId: id }}>
        {name}
      </Link>{" "}
      <code className="quiet">{id}</code>
    </>
  )),
  column("State", (key) => <KeyMark of={key} />),
  column("Secret", ({ prefix, lastFour }) => (
    <code>
      {prefix}…{lastFour}
    </code>
  )),
  column("Environment", ({ environment }) => environment),
  column("Permissions", ({ permissions }) => permissions?.join(", ") ?? "all"),
  column("Budget", ({ budget }) => (budget === null ? "–" : credits(budget)), "number"),
  column("Made", ({ createdAtMs }) => <Day atMs={createdAtMs} />),
];

export function AccountKeys(): ReactNode {
  const accountId = useAccountId();
  const query = useAdminList("listKeys", { params: { accountId } });
  return (
    <section className="stack">
      <div className="row apart">
        <h2>Keys</h2>
        {useMay("write") && <NewKey accountId={accountId} />}
      </div>
      <ListTable
        caption="Keys, oldest first"
        columns={columns}
        query={query}
        keyOf={({ id }) => id}
        empty={<p>The account has no keys yet.</p>}
      />
    </section>
  );
}
