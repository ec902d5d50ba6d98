// Requests as their callers may see them: without what the gateway is made of.

import { z } from "zod";
import { listed, pageOf } from "../../../admin/contract/schemas/parts.ts";
import * as operators from "../../../admin/contract/schemas/requests.ts";

export { params } from "../../../admin/contract/schemas/requests.ts";

const { accountId: _accountId, isOlderSecret: _isOlderSecret, ...filters } = operators.query.shape;
export const query = z.strictObject({ ...filters, ...listed });

export const row = operators.row.omit({ by: true, degraded: true, endedAt: true });
export const rows = pageOf(row);

export const explanation = operators.explanation
  .omit({ steps: true })
  .extend({ request: row, refusal: operators.refusal.omit({ step: true, by: true }).nullable() });
