// What was changed, by whom, and how it was before and after.

import type { ChangeEntry } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/tokens.ts";
import type { Desk } from "../desk/desk.ts";
import { findByNumber } from "../lists/page.ts";
import { type AdminHandlers, answerPage } from "./answer.ts";
import { present } from "./patch.ts";

export function changeHandlers(desk: Desk): Pick<AdminHandlers, "listChanges"> {
  return {
    async listChanges({ query: { limit, cursor, ...filters } }) {
      const found = await findByNumber({ limit, cursor }, "changes", (page) =>
        desk.stores.directory.changes({ ...present(filters), ...page }),
      );
      return answerPage(schemas.changes, found, shownChange);
    },
  };
}

function shownChange(entry: ChangeEntry): z.output<typeof schemas.changes>["data"][number] {
  const { sequence, atMs, by, accountId, kind, id, before = null, after = null } = entry;
  return { sequence, atMs, by, accountId, kind, id, before, after };
}
