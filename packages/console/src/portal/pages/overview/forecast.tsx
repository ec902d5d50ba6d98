// How long the credits last, in words and as a drawing: the likely line, between the quietest day's and the busiest's.

import type { ReactNode } from "react";
import { DAY_MS } from "sluice/base";
import { Asked } from "../../../parts/asked.tsx";
import { count } from "../../../parts/numbers.ts";
import { Day } from "../../../parts/time.tsx";
import { type Output, usePortal } from "../../asking.ts";

type Told = Output<"getForecast">;

export function Forecast(): ReactNode {
  const query = usePortal("getForecast", {});
  return (
    <section className="stack" aria-labelledby="forecast">
      <h3 id="forecast">Forecast</h3>
      <Asked query={query}>
        {(told) => (
          <>
            <Words told={told} />
            <Drawing told={told} />
          </>
        )}
      </Asked>
    </section>
  );
}

function Words({ told }: { readonly told: Told }): ReactNode {
  const { kind, perDay, basisDays, runsOutAtMs, soonestAtMs, leftAtReset, resetAtMs } = told;
  if (kind === "exhausted") {
    return (
      <p className="said bad">
        No credits are left.{" "}
        {resetAtMs !== null && (
          <>
            The allowance starts anew on <Day atMs={resetAtMs} />.
          </>
        )}
      </p>
    );
  }
  if (kind === "too_little_data" || perDay === null) {
    return (
      <p className="quiet">
        Nobody can tell yet: it takes two whole days with requests, and there{" "}
        {basisDays === 1 ? "is one" : "is none"}.
      </p>
    );
  }
  const rate = `${count(Math.round(perDay.likely))} credits a day in the last ${basisDays} days (${count(Math.round(perDay.least))} to ${count(Math.round(perDay.most))})`;
  if (kind === "idle") return <p>Nothing was spent in the last {basisDays} days.</p>;
  if (kind === "runs_out" && runsOutAtMs !== null) {
    return (
      <p className="said warn">
        At {rate}, credits run out on <Day atMs={runsOutAtMs} />
        {soonestAtMs !== null && (
          <>
            , at the rate of the busiest day on <Day atMs={soonestAtMs} />
          </>
        )}
        .
      </p>
    );
  }
  return (
    <p>
      At {rate}, credits last
      {leftAtReset === null || resetAtMs === null ? (
        " for a year and longer"
      ) : (
        <>
          {" "}
          until they start anew on <Day atMs={resetAtMs} />: about {count(leftAtReset.likely)} are
          left by then
        </>
      )}
      .
      {soonestAtMs !== null && (
        <>
          {" "}
          At the rate of the busiest day they run out on <Day atMs={soonestAtMs} />.
        </>
      )}
    </p>
  );
}

const WIDTH = 320;
const HEIGHT = 96;
const SHOWN_MS_MAX = 60 * DAY_MS;

/** To the moment when they start anew, or a little farther than they last. */
function endOf({ atMs, resetAtMs, runsOutAtMs }: Told): number {
  if (resetAtMs !== null) return resetAtMs;
  const lastsMs = runsOutAtMs === null ? 30 * DAY_MS : (runsOutAtMs - atMs) * 1.25;
  return atMs + Math.min(Math.max(lastsMs, DAY_MS), SHOWN_MS_MAX);
}

function Drawing({ told }: { readonly told: Told }): ReactNode {
  const { atMs, remaining, perDay, resetAtMs } = told;
  if (perDay === null || perDay.most === 0 || remaining === 0) return undefined;
  const untilMs = endOf(told);
  /** Down to nothing, and then along the ground. */
  const line = (rate: number) => {
    const days = (untilMs - atMs) / DAY_MS;
    const lasts = rate === 0 ? Number.POSITIVE_INFINITY : remaining / rate;
    const x = (at: number) => Number(((at / days) * WIDTH).toFixed(1));
    if (lasts >= days) {
      const left = HEIGHT * (1 - (remaining - rate * days) / remaining);
      return [`0,0`, `${WIDTH},${left.toFixed(1)}`];
    }
    return [`0,0`, `${x(lasts)},${HEIGHT}`, `${WIDTH},${HEIGHT}`];
  };
  const between = [...line(perDay.least), ...line(perDay.most).toReversed()].join(" ");
  return (
    <figure className="forecast">
      <div className="scale">
        <span>{count(remaining)}</span>
        <span>0</span>
      </div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Credits from now on: from ${count(remaining)} down, at ${count(Math.round(perDay.likely))} a day`}
      >
        <polygon className="between" points={between} />
        <polyline className="likely" points={line(perDay.likely).join(" ")} />
      </svg>
      <figcaption>
        <span>now</span>
        <span>
          <Day atMs={untilMs} />
          {resetAtMs !== null && ", starts anew"}
        </span>
      </figcaption>
    </figure>
  );
}
