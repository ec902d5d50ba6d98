/** What a call cost: as the ledger says of its hold, or, without it, as far as its row knows. */
import type { AnyApi } from "../../contract/index.ts";
import type { HoldRecord, LogRow } from "../stores.ts";
import { creditsInWords } from "./words.ts";

export interface Cost {
  /**
   * `charged`; `held`: set aside, and not decided (a job that runs, or a charge that could not be written); `expired`: it was set
   * aside and given back when nobody ended it in time; `nothing`.
   */
  readonly state: "charged" | "held" | "expired" | "nothing";
  /** Charged, or held; those that were given back when they expired. */
  readonly credits: number;
  /** What it cost beyond what was set aside: recorded, not taken. */
  readonly overage: number;
  /** Whether a job has, or had, the hold. */
  readonly isJob: boolean;
}

export function costOf(api: AnyApi, row: LogRow, hold: HoldRecord | undefined): Cost {
  if (hold !== undefined) return costOfHold(hold);
  // Nobody asked the ledger: what a job comes to it alone knows.
  const { detaches } = api.server.operations[row.operation ?? ""] ?? {};
  const isJob = detaches !== undefined && row.ending === "done" && row.held > 0;
  const none = { overage: 0, isJob };
  if (row.charged > 0) return { state: "charged", credits: row.charged, ...none };
  if (isJob) return { state: "held", credits: row.held, ...none };
  return { state: "nothing", credits: 0, ...none };
}

function costOfHold({ state, amount, charged, overage, isJob }: HoldRecord): Cost {
  if (state === "open" && amount > 0) return { state: "held", credits: amount, overage, isJob };
  if (state === "expired" && amount > 0)
    return { state: "expired", credits: amount, overage, isJob };
  return { state: charged > 0 ? "charged" : "nothing", credits: charged, overage, isJob };
}

export function costInWords({ state, credits, overage, isJob }: Cost): string {
  const many = creditsInWords(credits);
  switch (state) {
    case "charged":
      return overage === 0
        ? `It cost ${many}.`
        : `It cost ${many}. It came to ${overage} more than was set aside, which were not taken.`;
    case "held":
      return isJob
        ? `${many} were set aside for the job that it started; what it comes to is decided when the job ends.`
        : `${many} are still set aside: the end of the call could not be written. When they run out, nothing is taken.`;
    case "expired":
      return `${many} were set aside, and given back since nobody ended it in time: it cost nothing.`;
    case "nothing":
      return "It cost nothing.";
  }
}
