// Moments, in the reader's own zone, which is named, and in UTC for whoever hovers or listens.

import type { ReactNode } from "react";
import { useNow } from "./now.ts";
import { duration } from "./numbers.ts";

const moment = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "2-digit", month: "short", year: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  timeZoneName: "short",
});
const clock = new Intl.DateTimeFormat("en-GB", {
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
});
const short = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "2-digit", month: "short" },
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
});
const day = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "2-digit", month: "short", year: "numeric", timeZone: "UTC" },
});

/** The name of the reader's zone. */
export const zone: string = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Time({ atMs }: { readonly atMs: number }): ReactNode {
  const utc = new Date(atMs).toISOString();
  return (
    <time dateTime={utc} title={`${utc.replace("T", " ").replace("Z", "")} UTC`}>
      {moment.format(atMs)}
    </time>
  );
}

/** Within a day, to the millisecond; the whole on hovering. */
export function ClockTime({ atMs }: { readonly atMs: number }): ReactNode {
  const utc = new Date(atMs).toISOString();
  return (
    <time dateTime={utc} title={`${moment.format(atMs)} (${utc})`}>
      {clock.format(atMs)}
    </time>
  );
}

/** Of a row in a list: day and clock without the year; the whole on hovering. */
export function ShortTime({ atMs }: { readonly atMs: number }): ReactNode {
  const utc = new Date(atMs).toISOString();
  return (
    <time dateTime={utc} title={`${moment.format(atMs)} (${utc})`}>
      {short.format(atMs).replace(",", "")}
    </time>
  );
}

/** A day of UTC, as roll-ups and periods have them. */
export function Day({ atMs }: { readonly atMs: number }): ReactNode {
  return <time dateTime={new Date(atMs).toISOString().slice(0, 10)}>{day.format(atMs)} UTC</time>;
}

/** How long ago, or until when. */
export function Ago({ atMs }: { readonly atMs: number }): ReactNode {
  const nowMs = useNow();
  const utc = new Date(atMs).toISOString();
  const apartMs = Math.abs(nowMs - atMs);
  const words = duration(Math.max(1_000, Math.round(apartMs / 1_000) * 1_000));
  return (
    <time dateTime={utc} title={moment.format(atMs)}>
      {atMs > nowMs ? `in ${words}` : `${words} ago`}
    </time>
  );
}
