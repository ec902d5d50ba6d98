// What everybody should see at once: a store that does not answer, or rows of the log that were lost.

import type { ReactNode } from "react";
import { count } from "../parts/numbers.ts";
import { useAdmin } from "./admin.ts";

const EVERY_MS = 5_000;

export function HealthBanner(): ReactNode {
  const { data, isError } = useAdmin("getHealth", {}, { everyMs: EVERY_MS });
  if (isError) {
    return (
      <div className="banner" role="status">
        The gateway does not answer. What is shown may be out of date.
      </div>
    );
  }
  if (data === undefined) return undefined;
  const failing = data.stores.filter(({ status }) => status === "failing");
  if (failing.length === 0 && data.logRowsDropped === 0) return undefined;
  return (
    <div className={failing.length > 0 ? "banner" : "banner warn"} role="status">
      {failing.map(({ name, why }) => (
        <p key={name}>
          Degraded: the store of {name} does not answer{why === null ? "" : ` (${why})`}.
        </p>
      ))}
      {data.logRowsDropped > 0 && (
        <p>The log could not keep up: {count(data.logRowsDropped)} rows are missing from it.</p>
      )}
    </div>
  );
}
