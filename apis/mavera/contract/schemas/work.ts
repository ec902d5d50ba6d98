// The members that the calls to models share.

import { z } from "zod";

export const model = z.enum(["mavera-1"]);

export const stream = z.boolean().optional();

/** Not Mavera's own: the stand-in that runs behind the gate answers at once unless it is told otherwise. */
export const delay = z
  .int()
  .min(0)
  .max(600_000)
  .optional()
  .describe("How long the stand-in takes to answer, in milliseconds.");
