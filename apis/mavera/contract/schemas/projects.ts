// Projects: the parts of a workspace.

import { z } from "zod";
import { byCursor } from "./counts.ts";
import { nothingElse } from "./nothing-else.ts";
import { id, isoDate, namedId, pageOf } from "./objects.ts";
import { name, usageLimit } from "./workspaces.ts";

export const params = z.object({ projectId: id });
export const query = z.object(byCursor);

const goal = z.string().max(500);

export const draft = z
  .object({
    name,
    goal: goal.nullish(),
    workspace_id: namedId,
    usage_limit: usageLimit.nullish(),
  })
  .catchall(nothingElse);

export const one = z.object({
  object: z.literal("project"),
  id,
  workspace_id: z.string(),
  name: z.string(),
  goal: goal.nullable(),
  usage_limit: usageLimit.nullable(),
  created_at: isoDate.nullable(),
});

export const listed = pageOf(one);
