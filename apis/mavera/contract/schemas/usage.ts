// Usage: what the account has spent and asked in the current month, and what limits this key.

import { z } from "zod";
import { credits, isoDate } from "./objects.ts";

const count = z.int().min(0);

export const usage = z.object({
  object: z.literal("usage"),
  billing_period: z.object({ start: isoDate, end: isoDate }),
  credits: z.object({
    used: credits,
    included: credits,
    remaining: credits,
    percentage_used: z.number().min(0),
  }),
  api_requests: z.object({ total_requests: count, credits_used: credits, error_count: count }),
  rate_limit: z.object({ requests_per_minute: count }),
  limits: z.object({ budget_alert: z.null(), usage_limit: z.int().min(0).nullable() }),
});
