// Warnings that were raised, with their delivery log; and one sent again, for a receiver that has been mended.

import { refuse, refuseDomain } from "sluice";
import type { Attempt, WarningRecord } from "sluice/gate";
import { z } from "zod";
import * as schemas from "../contract/schemas/notices.ts";
import type { Desk } from "../desk/desk.ts";
import { findPage } from "../lists/page.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { present } from "./patch.ts";

const pageSize = 100;
/** As many of an account's warnings as are looked through for one: more than any account has in 90 days. */
const looksMax = 100;

export function warningHandlers(desk: Desk): Pick<AdminHandlers, "listWarnings" | "sendWarning"> {
  const { notices } = desk.stores;
  return {
    async listWarnings({ query: { accountId, state, ...asked } }) {
      const places = { list: "warnings", schema: z.string(), of: ({ id }: WarningRecord) => id };
      const found = await findPage(asked, places, (limit, before) =>
        notices.warnings({ limit, ...present({ accountId, state, before }) }),
      );
      return answerPage(schemas.warnings, found, shownWarning);
    },

    async sendWarning({ params: { accountId, warningId } }) {
      const account = await desk.account(accountId);
      const warning = account && (await findWarning(desk, accountId, warningId));
      if (account === undefined || warning === undefined) return refuse("not_found");
      // It goes where the account hears now, which may not be where it did.
      if (account.warnings === undefined) return refuseDomain("no_webhook");
      if (desk.warnings === undefined) return refuseDomain("not_serving");
      const attempt = await desk.warnings.send(warning, account.warnings);
      const { status = 0 } = attempt;
      const isDelivered = status >= 200 && status < 300;
      return answer(schemas.delivery, { isDelivered, attempt: shownAttempt(attempt) });
    },
  };
}

async function findWarning(
  { stores: { notices } }: Desk,
  accountId: string,
  id: string,
): Promise<WarningRecord | undefined> {
  let before: string | undefined;
  for (let looks = 0; looks < looksMax; looks++) {
    const query = { accountId, limit: pageSize, ...present({ before }) };
    const page: readonly WarningRecord[] = await notices.warnings(query);
    const found = page.find((warning) => warning.id === id);
    if (found !== undefined || page.length < pageSize) return found;
    before = page.at(-1)?.id;
  }
  return undefined;
}

function shownWarning(warning: WarningRecord): z.output<typeof schemas.warning> {
  const { id, accountId, atMs, state, dueMs, attemptCount, url, attempts } = warning;
  return {
    ...{ id, accountId, atMs, state, dueMs, attemptCount, ...shownSubject(warning) },
    url: url ?? null,
    attempts: attempts.map(shownAttempt),
  };
}

type Shown = z.output<typeof schemas.warning>;
type ShownSubject = Pick<
  Shown,
  "subject" | "periodStartMs" | "resetAtMs" | "percent" | "used" | "cap"
>;

function shownSubject(warning: WarningRecord): ShownSubject {
  if ("percent" in warning) {
    const { subject, periodStartMs = null, resetAtMs = null, percent, used, cap } = warning;
    return { subject: { ...subject }, periodStartMs, resetAtMs, percent, used, cap };
  }
  const { foundAt = null, endsAtMs = null, ...leak } = warning.subject;
  const nothing = { periodStartMs: null, resetAtMs: null, percent: null, used: null, cap: null };
  return { subject: { ...leak, foundAt, endsAtMs }, ...nothing };
}

function shownAttempt({ atMs, url, secretVersion, durationMs, status, error }: Attempt) {
  return { atMs, url, secretVersion, durationMs, status: status ?? null, error: error ?? null };
}
