/** Which of our gates a column stands for, and traces that only a gate has words for. */
import { join } from "node:path";
import { scratchFolder } from "../../scratch.ts";
import type { Contender } from "../contender.ts";
import type { Finding } from "../finding.ts";
import type { Stage } from "../stage.ts";
import { type OurGate, openOurGate, type Place } from "./gates.ts";

/** A place that nobody else uses; gates that are opened there share it. */
export function placeFor(contender: Contender, { servers }: Stage): Place {
  if (contender.needs.length === 0) return { kind: "memory" };
  return { kind: "shared", database: servers.newDatabase(), redisPort: servers.redisPort ?? 0 };
}

/** One that outlives its process. */
export function durablePlaceFor(contender: Contender, stage: Stage): Place {
  const place = placeFor(contender, stage);
  if (place.kind === "shared") return place;
  return { kind: "sqlite", file: join(scratchFolder(), "acme.db") };
}

/** One gate, or two that share everything where the column is the shared one. */
export async function onOurGates(
  contender: Contender,
  stage: Stage,
  act: (first: OurGate, other: OurGate) => Promise<Finding>,
): Promise<Finding | undefined> {
  if (!contender.isOurs) return undefined;
  const place = placeFor(contender, stage);
  const first = await openOurGate(place);
  const other = place.kind === "shared" ? await openOurGate(place) : first;
  try {
    return await act(first, other);
  } finally {
    await Promise.all([...new Set([first, other])].map((gate) => gate.close()));
  }
}
