// What was changed in an account, by whom: the newest first, and what is different after it.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ListTable } from "../../../parts/list-table.tsx";
import { useAdminList } from "../../admin.ts";
import { columns } from "../audit/columns.tsx";
import { useAccountId } from "./account.tsx";

export function AccountHistory(): ReactNode {
  const accountId = useAccountId();
  const query = useAdminList("listChanges", { query: { accountId } });
  return (
    <>
      <ListTable
        caption="Changes to the account, newest first"
        columns={columns}
        query={query}
        keyOf={({ sequence }) => String(sequence)}
        empty={<p>Nothing of this account was changed yet.</p>}
      />
      <p>
        <Link to="/audit" search={{ account: accountId }}>
          In the audit, with filters
        </Link>
      </p>
    </>
  );
}
