// Workspaces: the parts of an account, each with a limit on its credits if it is given one.

import { z } from "zod";
import { byCursor } from "./counts.ts";
import { nothingElse } from "./nothing-else.ts";
import { id, isoDate, pageOf } from "./objects.ts";

export const params = z.object({ workspaceId: id });
export const query = z.object(byCursor);

export const name = z.string().min(1).max(100);

/** Credits a calendar month. */
export const usageLimit = z.int().min(1).max(1_000_000_000);

const type = z.enum(["enterprise", "marketing_agency", "user", "starter"]);

export const draft = z
  .object({
    name,
    type: type.default("user"),
    usage_limit: usageLimit.nullish(),
  })
  .catchall(nothingElse);

export const one = z.object({
  object: z.literal("workspace"),
  id,
  name: z.string(),
  type,
  usage_limit: usageLimit.nullable(),
  created_at: isoDate.nullable(),
});

export const listed = pageOf(one);
