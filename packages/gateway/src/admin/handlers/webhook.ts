// Where an account hears that its credits or a budget run low, and the secret that this is signed with.

import { refuse, refuseDomain } from "sluice";
import type { Account } from "sluice/gate";
import * as schemas from "../contract/schemas/accounts.ts";
import type { Desk } from "../desk/desk.ts";
import { shownAccount, shownWarnings } from "./accounts.ts";
import { refuseField } from "./against-contract.ts";
import { type AdminHandlers, answer } from "./answer.ts";
import { present } from "./patch.ts";

type Operations = "setWarnings" | "removeWarnings" | "rotateWarningSecret";

export function webhookHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { directory } = desk.stores;
  return {
    setWarnings: ({ params: { accountId }, body }, context) =>
      desk.change(`account ${accountId}`, async () => {
        const account = await desk.account(accountId);
        if (account === undefined) return refuse("not_found");
        const wrong = complaintOf(desk, body.url);
        if (wrong !== undefined) return refuseField("url", wrong);
        const secretVersion = account.warnings?.secretVersion ?? newVersion(desk, account);
        const percents = body.percents && [...new Set(body.percents)].sort((a, b) => a - b);
        const warnings = { url: body.url, secretVersion, ...present({ percents }) };
        const after = { ...account, warnings };
        const isPut = await directory.putAccount(after, await desk.changeBy(context), account);
        if (!isPut) return undefined;
        const isNew = account.warnings === undefined;
        return answer(schemas.warningsSet, {
          warnings: shownWarnings(warnings) ?? { url: body.url, percents: null, secretVersion },
          secret: isNew ? desk.signingSecret(accountId, secretVersion) : null,
        });
      }),

    removeWarnings: ({ params: { accountId } }, context) =>
      desk.change(`account ${accountId}`, async () => {
        const before = await desk.account(accountId);
        if (before === undefined) return refuse("not_found");
        const { warnings, ...account } = before;
        const isPut =
          warnings === undefined ||
          (await directory.putAccount(account, await desk.changeBy(context), before));
        return isPut ? answer(schemas.one, shownAccount(account)) : undefined;
      }),

    rotateWarningSecret: ({ params: { accountId } }, context) =>
      desk.change(`account ${accountId}`, async () => {
        const account = await desk.account(accountId);
        if (account === undefined) return refuse("not_found");
        if (account.warnings === undefined) return refuseDomain("no_webhook");
        const secretVersion = newVersion(desk, account);
        const warnings = { ...account.warnings, secretVersion };
        const after = { ...account, warnings };
        const isPut = await directory.putAccount(after, await desk.changeBy(context), account);
        if (!isPut) return undefined;
        const secret = desk.signingSecret(accountId, secretVersion);
        return answer(schemas.warningSecret, { secret, secretVersion });
      }),
  };
}

/** What can never be sent to is said now, and not by a delivery that fails. */
function complaintOf({ warnings }: Desk, url: string): string | undefined {
  const { username, password } = new URL(url);
  if (username !== "" || password !== "") {
    return "must have no user or password in it: calls are signed";
  }
  const wrong = warnings?.complaint(url);
  return wrong === undefined ? undefined : `cannot be called: ${wrong}`;
}

/** Grows with time, so that a webhook which was removed and set again never gets an old secret back. */
function newVersion({ clock }: Desk, { warnings }: Account): number {
  return Math.max(Math.floor(clock.wallMs() / 1_000), (warnings?.secretVersion ?? 0) + 1);
}
