// How far a campaign has come. Nothing runs and no timer waits: whoever looks compares the clock.

import type { Environment } from "./call.ts";
import type { CampaignRecord } from "./records.ts";

export const campaignStatuses = ["PENDING", "COMPLETED"] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

export function statusOf(
  { clock, records }: Environment,
  campaign: CampaignRecord,
): CampaignStatus {
  // What this opening launched has completed for good, wherever the wall clock steps. Of an earlier
  // or another one's clock only the wall is known: a launch that is yet to come was long ago, by a
  // clock that has been set back since.
  const nowMs = clock.wallMs();
  const isRunning =
    campaign.opening === records.opening
      ? clock.monotonicMs() < campaign.completesAtMonotonicMs
      : campaign.createdAtMs <= nowMs && nowMs < campaign.completedAtMs;
  return isRunning ? "PENDING" : "COMPLETED";
}
