// Opportunities: advice that a brand's owner ticks off.

import { z } from "zod";
import { dataOf, id, isoDate, listOf } from "./envelopes.ts";

export const params = z.object({ brandId: id, opportunityId: id });

const status = z.enum(["TODO", "DONE", "DISMISSED"]);

export const query = z.object({ status: status.optional() });
export const changes = z.object({ status });

const opportunity = z.object({
  id,
  brandId: id,
  title: z.string(),
  status,
  createdAt: isoDate,
});

export const one = dataOf(opportunity);
export const listed = listOf(opportunity);
