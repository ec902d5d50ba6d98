// How much an incident takes away, in a colour and in words.

import type { ReactNode } from "react";
import { Mark, type Tone } from "../../../parts/mark.tsx";
import type { Listed } from "../../admin.ts";

export type Incident = Listed<"listIncidents">;
export type Impact = Incident["impact"];

const tones: Readonly<Record<Impact, Tone>> = {
  none: "plain",
  degraded: "warn",
  outage: "bad",
  maintenance: "accent",
};

export const impacts = Object.keys(tones) as readonly Impact[];

export function ImpactMark({ impact }: { readonly impact: Impact }): ReactNode {
  return <Mark tone={tones[impact]}>{impact === "none" ? "no impact" : impact}</Mark>;
}

/** What it is about: everything, an API, or operations of it. */
export function about({ api, operations }: Incident): string {
  if (api === null) return "everything";
  return operations.length === 0 ? api : `${api}: ${operations.join(", ")}`;
}
