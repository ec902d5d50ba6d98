// How far a campaign has come. Nothing runs and no timer waits: whoever looks compares the clock.

import type { Environment } from "./call.ts";
import type { CampaignRecord } from "./records.ts";

export const campaignStatuses = ["PENDING", "COMPLETED"] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

export function statusOf({ clock }: Environment, campaign: CampaignRecord): CampaignStatus {
  return clock.monotonicMs() >= campaign.completesAtMonotonicMs ? "COMPLETED" : "PENDING";
}
