// One key, whosever it is: how it stands, what it may do, its rotation, and what was done with it.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { Id } from "../../../parts/id.tsx";
import { credits } from "../../../parts/numbers.ts";
import { Ago, Time } from "../../../parts/time.tsx";
import "../../../styles/account.css";
import { useAdmin } from "../../admin.ts";
import { AccountLink, RequestLink, RequestsLink } from "../../links.tsx";
import { useMay } from "../../may.ts";
import { EditKey } from "./edit-key.tsx";
import { KeyMark, type KeyShown } from "./key-mark.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { Rotation } from "./rotation.tsx";

const here = getRouteApi("/inside/keys/$keyId");

export function KeyPage(): ReactNode {
  const { keyId } = here.useParams();
  const query = useAdmin("findKey", { params: { keyId } });
  const mayWrite = useMay("write");
  return (
    <div className="page">
      {query.data === undefined && <h1>Key {keyId}</h1>}
      <Asked query={query}>
        {(key) => (
          <>
            <nav className="crumbs" aria-label="Where">
              <Link to="/accounts/$accountId/keys" params={{ accountId: key.accountId }}>
                Keys of {key.accountId}
              </Link>
            </nav>
            <header>
              <h1>{key.name}</h1>
              <span className="row">
                <KeyMark of={key} />
                {mayWrite && key.state !== "revoked" && (
                  <>
                    <EditKey of={key} />
                    <RevokeKey of={key} />
                  </>
                )}
              </span>
            </header>
            <KeyFacts of={key} />
            <Rotation of={key} />
            <Further of={key} />
          </>
        )}
      </Asked>
    </div>
  );
}

function KeyFacts({ of }: { readonly of: KeyShown }): ReactNode {
  const { id, accountId, workspaceId, projectId, api, environment, prefix, lastFour } = of;
  return (
    <section className="box">
      <Facts
        facts={{
          Key: <Id id={id} label="key id" />,
          Account: <AccountLink id={accountId} />,
          Workspace: workspaceId === null ? "–" : <code>{workspaceId}</code>,
          Project: projectId === null ? "–" : <code>{projectId}</code>,
          Contract: api ?? "none that is served here",
          Environment: environment,
          Secret: <code>{`${prefix}…${lastFour}`}</code>,
          Permissions:
            of.permissions === null ? "every permission" : of.permissions.join(", ") || "none",
          Budget: of.budget === null ? "no cap" : `${credits(of.budget)} a month`,
          Made: <Time atMs={of.createdAtMs} />,
          Ends: of.expiresAtMs === null ? "never" : <Time atMs={of.expiresAtMs} />,
          Revoked:
            of.revokedAtMs === null ? undefined : <Time key="revoked" atMs={of.revokedAtMs} />,
          "Last use": <LastUse keyId={id} />,
        }}
      />
    </section>
  );
}

function LastUse({ keyId }: { readonly keyId: string }): ReactNode {
  const query = useAdmin("listRequests", { query: { keyId, limit: 1 } });
  return (
    <Asked query={query}>
      {({ data: [row] }) =>
        row === undefined ? (
          "never, as far as the log goes back"
        ) : (
          <>
            <Ago atMs={row.atMs} /> from <code>{row.address}</code>:{" "}
            <RequestLink id={row.requestId} />
          </>
        )
      }
    </Asked>
  );
}

function Further({ of: { id, accountId } }: { readonly of: KeyShown }): ReactNode {
  return (
    <section className="stack">
      <h2>What happened</h2>
      <ul className="plain-list">
        <li>
          <RequestsLink search={{ key: id, ending: "refused" }}>Its refused requests</RequestsLink>
        </li>
        <li>
          <RequestsLink search={{ key: id }}>All its requests</RequestsLink>
        </li>
        <li>
          <Link to="/audit" search={{ account: accountId, kind: "key", id }}>
            What was changed of it
          </Link>
        </li>
      </ul>
    </section>
  );
}
