// When and where an account hears that its credits or a budget run low.

import { z } from "zod";
import {
  warningSecret,
  warningsDraft,
  warningsSet,
  warnings as webhook,
} from "../../../admin/contract/schemas/accounts.ts";
import { warningQuery, warnings } from "../../../admin/contract/schemas/notices.ts";
import { listed } from "../../../admin/contract/schemas/parts.ts";

export { warningSecret, warnings, warningsDraft, warningsSet };

export const thresholds = z.object({
  /** Null: nobody is told. */
  webhook: webhook.nullable(),
  /** Those that hold where the webhook names none. */
  percents: z.array(z.int()),
});

export const query = z.strictObject({ ...listed, state: warningQuery.shape.state });
