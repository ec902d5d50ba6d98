// A key's rotation with its evidence: who still uses the secret that is on its way out.

import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { count, times } from "../../../parts/numbers.ts";
import { Ago, Time } from "../../../parts/time.tsx";
import { type Output, useAdmin } from "../../admin.ts";
import { RequestsLink } from "../../links.tsx";
import { useMay } from "../../may.ts";
import type { KeyShown } from "./key-mark.tsx";
import { EndOverlap, RotateKey } from "./rotate-key.tsx";

type Evidence = Output<"getRotation">;
type Place = Evidence["olderSecret"]["from"][number];

const EVERY_MS = 5_000;
const USES_MAX = 1_000;

const columns: readonly Column<Place>[] = [
  column("Address", ({ address }) => <code>{address}</code>),
  column("Uses", ({ uses }) => count(uses), "number"),
  column("Last use", ({ lastUsedAtMs }) => <Ago atMs={lastUsedAtMs} />),
];

export function Rotation({ of }: { readonly of: KeyShown }): ReactNode {
  const params = { accountId: of.accountId, keyId: of.id };
  const query = useAdmin("getRotation", { params }, { everyMs: EVERY_MS });
  const mayRotate = useMay("write") && of.state !== "revoked" && of.api !== null;
  return (
    <section className="box">
      <div className="row apart">
        <h2>Rotation</h2>
        {mayRotate && <RotateKey of={of} />}
      </div>
      <Asked query={query}>
        {(evidence) =>
          evidence.rotatedAtMs === null ? (
            <p>It was never rotated: one secret opens it.</p>
          ) : (
            <Shown evidence={evidence} of={of} mayEnd={mayRotate} />
          )
        }
      </Asked>
    </section>
  );
}

interface ShownProps {
  readonly evidence: Evidence;
  readonly of: KeyShown;
  readonly mayEnd: boolean;
}

function Shown({ evidence, of, mayEnd }: ShownProps): ReactNode {
  const { rotatedAtMs, overlapUntilMs, isOverlapping, olderSecret } = evidence;
  const { uses, usesLastHour, lastUsedAtMs, from } = olderSecret;
  return (
    <div className="stack">
      <Advice evidence={evidence} />
      <Facts
        facts={{
          Rotated: <Time atMs={rotatedAtMs ?? 0} />,
          "Older secret": isOverlapping ? (
            <>
              opens the key, ends <Ago atMs={overlapUntilMs ?? 0} />
            </>
          ) : (
            "opens the key no more"
          ),
          "Used since": `${uses >= USES_MAX ? "1,000 times or more" : times(uses)}, ${times(usesLastHour)} in the last hour`,
          "Last used": lastUsedAtMs === null ? "never" : <Ago atMs={lastUsedAtMs} />,
        }}
      />
      {from.length > 0 && (
        <>
          <Table
            caption="Who used the older secret since the rotation"
            columns={columns}
            rows={from}
            keyOf={({ address }) => address}
          />
          <p>
            <RequestsLink search={{ key: of.id, secret: "older" }}>
              The requests with the older secret
            </RequestsLink>
          </p>
        </>
      )}
      {isOverlapping && mayEnd && (
        <p>
          <EndOverlap of={of} usesLastHour={usesLastHour} />
        </p>
      )}
    </div>
  );
}

function Advice({
  evidence: { isOverlapping, olderSecret },
}: {
  readonly evidence: Evidence;
}): ReactNode {
  if (!isOverlapping) return <p className="said good">The rotation is over.</p>;
  if (olderSecret.usesLastHour === 0) {
    return <p className="said good">Nobody used the older secret in the last hour: it can end.</p>;
  }
  const places = olderSecret.from.length;
  return (
    <p className="said warn">
      The older secret is still used, from {places === 1 ? "1 address" : `${places} addresses`}:
      whoever calls there must change before it ends.
    </p>
  );
}
