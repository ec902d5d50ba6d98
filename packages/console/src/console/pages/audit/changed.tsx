// One change: what it is about, and each place of the record that is not as it was.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type Difference, differencesOf, type Plain } from "../../../parts/difference.ts";
import { Time } from "../../../parts/time.tsx";
import type { Listed } from "../../admin.ts";
import { AccountLink, KeyLink } from "../../links.tsx";

export type Change = Listed<"listChanges">;

/** Of the tokens' own account. */
const OURS = "sluice_admin";

export function Subject({ change }: { readonly change: Change }): ReactNode {
  const { kind, id, accountId } = change;
  const isToken = kind === "key" && accountId === OURS;
  return (
    <>
      {isToken ? "token" : kind} {isToken ? <Link to="/tokens">{id}</Link> : place(change)}{" "}
      <Link to="/audit" search={{ kind, id }} aria-label={`History of ${id}`}>
        history
      </Link>
    </>
  );
}

function place({ kind, id }: Change): ReactNode {
  if (kind === "account" && id !== OURS) return <AccountLink id={id} />;
  if (kind === "incident") {
    return (
      <Link to="/incidents/$incidentId" params={{ incidentId: id }}>
        <code>{id}</code>
      </Link>
    );
  }
  return kind === "key" ? <KeyLink id={id} /> : <code>{id}</code>;
}

/** Places that hold milliseconds since 1970. */
const MOMENT = /((^|\.)at|At|Until)Ms$/;

/** More than these are behind a click. */
const SHOWN_MAX = 4;

export function Changed({ change: { before, after } }: { readonly change: Change }): ReactNode {
  const differences = differencesOf(before, after);
  const verb = before === null ? "Created" : after === null ? "Removed" : "Changed";
  if (differences.length === 0) return verb === "Changed" ? "The same as before" : verb;
  const places = <Places all={differences} isNew={before === null} />;
  if (before !== null && differences.length <= SHOWN_MAX) return places;
  return (
    <details>
      <summary>
        {verb}: {differences.length} {differences.length === 1 ? "value" : "values"}
      </summary>
      {places}
    </details>
  );
}

function Places({
  all,
  isNew,
}: {
  readonly all: readonly Difference[];
  readonly isNew: boolean;
}): ReactNode {
  return (
    <ul className="differences">
      {all.map(({ place, before, after }) => (
        <li key={place}>
          <span className="quiet">{place}</span>{" "}
          {!isNew && (
            <>
              <del>
                <Value place={place} value={before} />
              </del>{" "}
              <span aria-hidden="true">→</span>{" "}
            </>
          )}
          <ins>
            <Value place={place} value={after} />
          </ins>
        </li>
      ))}
    </ul>
  );
}

function Value({
  place,
  value,
}: {
  readonly place: string;
  readonly value: Plain | undefined;
}): ReactNode {
  const isMoment = typeof value === "number" && MOMENT.test(place);
  if (isMoment) return <Time atMs={value} />;
  if (value === undefined) return "none";
  return value === "" ? "(empty)" : String(value);
}
