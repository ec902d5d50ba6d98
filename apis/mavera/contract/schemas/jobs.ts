// How far work is that goes on after its call was answered.

import { z } from "zod";
import { credits, namedId } from "./objects.ts";

export const status = z.enum(["pending", "generating", "completed", "failed"]);

export const jobMembers = {
  status,
  /** A sentence, where the work failed: not to be taken for the error of a refusal, which is an object. */
  error: z.string().nullable(),
  workspace_id: namedId.nullable(),
  /** Null until the work is done. */
  credits_used: credits.nullable(),
};
