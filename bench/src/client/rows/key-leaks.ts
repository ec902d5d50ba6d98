/** Whether an error that is logged takes the key along. */
import { inspect } from "node:util";
import { counted, shown } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { PEERS } from "../line-up.ts";
import { KEY, type Peer } from "../peer.ts";
import { sluice, sluiceCalls } from "../peers/sluice.ts";
import { type Group, scoreEach, zeroAim } from "../score.ts";
import { type Answer, connectionFailure, scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const LIMIT_MS = 3_600_000;

export const keyLeaks: Group = {
  title: "The key in what is logged of an error",
  columns: [
    { heading: "401, inspect" },
    { heading: "401, JSON" },
    { heading: "no answer, inspect" },
    { heading: "no answer, JSON" },
    { heading: "leaks", better: "less", isSafety: true },
  ],
  optimum: ["ok", "ok", "ok", "ok", "0"],
  notes: [
    "inspect is what console.error prints; JSON is JSON.stringify, as loggers write it",
    "where the library only wraps a function, the error of a 401 is the one that its caller writes",
  ],
  scores: (wanted) => scoreEach([sluice, sluiceCalls, ...PEERS], wanted, measure),
  aims: (scores) => [zeroAim("key leaks", scores, 4)],
};

async function measure(peer: Peer): Promise<readonly Cell[]> {
  const refused = await errorOf(peer, { status: 401 });
  const unreachable = await errorOf(peer, { status: 0, throws: connectionFailure("ECONNREFUSED") });
  const texts = [refused, unreachable].flatMap((error) => [inspect(error), jsonOf(error)]);
  const leaks = texts.map((text) => text.includes(KEY));
  return [
    ...leaks.map((leaks) => shown(leaks ? "LEAKS" : "ok")),
    counted(leaks.filter(Boolean).length),
  ];
}

/** What cannot be written as JSON leaks nothing there. */
function jsonOf(error: unknown): string {
  try {
    return JSON.stringify(error) ?? "";
  } catch {
    return "";
  }
}

function errorOf(peer: Peer, answer: Answer): Promise<unknown> {
  return inVirtualTime(LIMIT_MS, async (clock) => {
    const { fetch } = scriptedFetch(clock, () => answer);
    const sender = await peer.open({ fetch });
    try {
      await sender.send({ method: "GET", headers: {} });
    } catch (error) {
      return error;
    } finally {
      sender.close?.();
    }
    throw new Error(`${peer.name} took ${answer.status} for a success`);
  });
}
