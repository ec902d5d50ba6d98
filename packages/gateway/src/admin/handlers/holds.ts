// Holds that somebody should look at, and the proof that the money adds up.

import { refuse } from "sluice";
import type { HoldRecord } from "sluice/gate";
import { z } from "zod";
import * as schemas from "../contract/schemas/credits.ts";
import type { Desk } from "../desk/desk.ts";
import { findPage } from "../lists/page.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { present } from "./patch.ts";

const brokenMax = 1_000;

export function holdHandlers(
  desk: Desk,
): Pick<AdminHandlers, "listHolds" | "getHold" | "auditLedger"> {
  const { ledger } = desk.stores;
  return {
    async listHolds({ query: { accountId, ...asked } }) {
      const places = { list: "holds", schema: z.string(), of: ({ id }: HoldRecord) => id };
      const found = await findPage(asked, places, (limit, before) =>
        ledger.oddHolds({ limit, ...present({ accountId, before }) }),
      );
      return answerPage(schemas.holds, found, shownHold);
    },

    async getHold({ params }) {
      const hold = await ledger.hold(params.holdId);
      return hold === undefined ? refuse("not_found") : answer(schemas.hold, shownHold(hold));
    },

    async auditLedger() {
      const broken = await ledger.audit();
      return answer(schemas.audit, {
        isClean: broken.length === 0,
        broken: broken.slice(0, brokenMax),
        brokenCount: broken.length,
      });
    },
  };
}

function shownHold({ endedAtMs, ...hold }: HoldRecord): z.output<typeof schemas.hold> {
  return { ...hold, endedAtMs: endedAtMs ?? null };
}
