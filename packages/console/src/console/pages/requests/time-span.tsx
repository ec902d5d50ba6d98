// Which time the list is of: the last minutes, hours or days, or between two moments of the reader's own zone.

import type { ReactNode } from "react";
import { MINUTE_MS } from "sluice/base";
import { zone } from "../../../parts/time.tsx";
import type { FiltersProps } from "./filters.tsx";
import { type RequestSearch, type Span, spans } from "./search.ts";

export function TimeSpan({ search, onChange }: FiltersProps): ReactNode {
  const { last, from, to, ...rest } = search;
  const isAll = last === undefined && from === undefined && to === undefined;
  const names = Object.keys(spans) as Span[];
  return (
    <fieldset className="times">
      <legend className="only-read">Time</legend>
      <div className="row">
        <button
          type="button"
          className="button"
          aria-pressed={isAll}
          onClick={() => onChange(rest)}
        >
          All time
        </button>
        {names.map((span) => (
          <button
            key={span}
            type="button"
            className="button"
            aria-pressed={last === span}
            onClick={() => onChange({ ...rest, last: span })}
          >
            Last {spans[span].name}
          </button>
        ))}
      </div>
      <Moment
        label={`From (${zone})`}
        value={from}
        onPick={(at) => onChange(between(rest, at, to))}
      />
      <Moment
        label={`Before (${zone})`}
        value={to}
        onPick={(at) => onChange(between(rest, from, at))}
      />
    </fieldset>
  );
}

function between(rest: RequestSearch, from?: number, to?: number): RequestSearch {
  return { ...rest, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

interface MomentProps {
  readonly label: string;
  readonly value: number | undefined;
  onPick(atMs: number | undefined): void;
}

function Moment({ label, value, onPick }: MomentProps): ReactNode {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input
        type="datetime-local"
        step={1}
        value={value === undefined ? "" : localText(value)}
        onChange={({ target }) => {
          const atMs = new Date(target.value).getTime();
          onPick(Number.isNaN(atMs) || atMs < 0 ? undefined : atMs);
        }}
      />
    </label>
  );
}

/** As the field wants it: the clock of this zone, to the second. */
function localText(atMs: number): string {
  const awayMs = new Date(atMs).getTimezoneOffset() * MINUTE_MS;
  return new Date(atMs - awayMs).toISOString().slice(0, 19);
}
