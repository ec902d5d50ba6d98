// The account's keys, without what opens them: enough to tell one from another, and whether it is still in use.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Id } from "../../parts/id.tsx";
import { type Column, column, ListTable } from "../../parts/list-table.tsx";
import { Mark } from "../../parts/mark.tsx";
import { Ago, Day } from "../../parts/time.tsx";
import { type Listed, usePortal, usePortalList, useWho } from "../asking.ts";

type Key = Listed<"listKeys">;

const columns: readonly Column<Key>[] = [
  column("Key", (key) => <Name of={key} />),
  column("Begins and ends", ({ prefix, lastFour }) => (
    <code>
      {prefix}…{lastFour}
    </code>
  )),
  column("State", (key) => <State of={key} />),
  column("Last used", ({ id }) => <LastUsed keyId={id} />),
  column("Created", ({ createdAtMs }) => <Day atMs={createdAtMs} />),
  column("Id", ({ id }) => <Id id={id} label="key id" />),
];

export function Keys(): ReactNode {
  const query = usePortalList("listKeys", { query: { limit: 25 } });
  const { may } = useWho();
  return (
    <div className="page">
      <header>
        <h1>Keys</h1>
      </header>
      {!may("account") && (
        <p className="quiet">This is the key that you signed in with. It shows no others.</p>
      )}
      <ListTable
        caption="Keys, oldest first"
        columns={columns}
        query={query}
        keyOf={({ id }) => id}
        empty={<p>There are no keys.</p>}
      />
    </div>
  );
}

function Name({ of: { id, name, environment } }: { readonly of: Key }): ReactNode {
  const { who } = useWho();
  return (
    <>
      <Link to="/requests" search={{ keyId: id }}>
        {name}
      </Link>{" "}
      {environment === "test" && <Mark tone="warn">test</Mark>}{" "}
      {who?.key.id === id && <Mark tone="accent">signed in</Mark>}
    </>
  );
}

const tones = { active: "good", expired: "warn", revoked: "bad" } as const;

function State({ of: { state, expiresAtMs, revokedAtMs } }: { readonly of: Key }): ReactNode {
  const sinceMs = revokedAtMs ?? expiresAtMs;
  return (
    <>
      <Mark tone={tones[state]}>{state}</Mark>{" "}
      {sinceMs !== null && (
        <span className="quiet">
          {state === "active" && "expires "}
          <Day atMs={sinceMs} />
        </span>
      )}
    </>
  );
}

function LastUsed({ keyId }: { readonly keyId: string }): ReactNode {
  const { data, isError } = usePortal("getKey", { params: { keyId } });
  if (isError) return <span className="quiet">unknown</span>;
  if (data === undefined) return <span className="quiet">…</span>;
  if (data.lastUsedAtMs === null) return <span className="quiet">no request kept</span>;
  return <Ago atMs={data.lastUsedAtMs} />;
}
