// A warning in words: what it is about, and what became of it.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Mark } from "../../../parts/mark.tsx";
import { Ago } from "../../../parts/time.tsx";
import type { Listed } from "../../admin.ts";
import { states } from "./states.ts";

export type Warning = Listed<"listWarnings">;

export function StateMark({ warning }: { readonly warning: Warning }): ReactNode {
  const { says, tone } = states[warning.state];
  return (
    <>
      <Mark tone={tone}>{says}</Mark>
      {warning.state === "waiting" && (
        <span className="quiet">
          {" "}
          due <Ago atMs={warning.dueMs} />
        </span>
      )}
    </>
  );
}

export function Subject({ warning: { subject } }: { readonly warning: Warning }): ReactNode {
  if (subject.kind === "credits") return "credits";
  if (subject.kind === "leak") {
    return (
      <>
        public key{" "}
        <Link to="/keys/$keyId" params={{ keyId: subject.keyId }}>
          <code>{subject.keyId}</code>
        </Link>
        , found in {subject.source}
      </>
    );
  }
  return (
    <>
      budget of {subject.scope}{" "}
      <Link to="/audit" search={{ kind: subject.scope, id: subject.id }}>
        <code>{subject.id}</code>
      </Link>
    </>
  );
}
