// Keys of accounts: listed, created, changed and revoked. A secret leaves in the answer that creates it, and never again.

import { isRefusal, refuse, refuseDomain } from "sluice";
import type { HandlerContext, NewKey } from "sluice/gate";
import * as schemas from "../contract/schemas/keys.ts";
import type { Desk } from "../desk/desk.ts";
import { findById } from "../lists/page.ts";
import { refuseField } from "./against-contract.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { apiForKey, apiOfKey, refuseOwners, refusePermissions } from "./key-checks.ts";
import { keyOf, shownKey } from "./key-shown.ts";
import { patched, present } from "./patch.ts";

type Operations = "listKeys" | "createKey" | "getKey" | "findKey" | "changeKey" | "revokeKey";

export function keyHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { directory } = desk.stores;
  const inPast = (atMs: number | null | undefined) =>
    typeof atMs === "number" && atMs <= desk.clock.wallMs();

  return {
    async listKeys({ params: { accountId }, query }) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const found = await findById(query, `keys of ${accountId}`, (page) =>
        directory.keysOf(accountId, page),
      );
      return answerPage(schemas.page, found, (key) => shownKey(desk, key));
    },

    async createKey({ params: { accountId }, body }, context) {
      const account = await desk.account(accountId);
      if (account === undefined) return refuse("not_found");
      const { api: title, ...wanted } = body;
      const api = apiForKey(desk.apis, account, title, wanted.environment);
      if (isRefusal(api)) return api;
      const refusal =
        refusePermissions(api, wanted.permissions) ?? (await refuseOwners(desk, accountId, wanted));
      if (refusal !== undefined) return refusal;
      if (inPast(wanted.expiresAtMs)) return refuseField("expiresAtMs", "must lie ahead");
      const { by } = await desk.changeBy(context);
      const spec = { ...present(wanted), accountId, by } as NewKey;
      const { key, secret } = await keyDeskOf(desk, api.wire.about.title).create(spec);
      return answer(schemas.withSecret, { key: shownKey(desk, key), secret }, 201);
    },

    async getKey({ params }) {
      const key = await keyOf(desk, params.accountId, params.keyId);
      return key === undefined ? refuse("not_found") : answer(schemas.one, shownKey(desk, key));
    },

    async findKey({ params: { keyId } }) {
      const found = await directory.key(keyId);
      const key = found && (await keyOf(desk, found.accountId, keyId));
      return key === undefined ? refuse("not_found") : answer(schemas.one, shownKey(desk, key));
    },

    changeKey: ({ params: { accountId, keyId }, body }, context) =>
      desk.change(`key ${keyId}`, async () => {
        const before = await keyOf(desk, accountId, keyId);
        if (before === undefined) return refuse("not_found");
        if (before.revokedAtMs !== undefined) return refuseDomain("key_revoked");
        const api = apiOfKey(desk.apis, before);
        const refusal = api && refusePermissions(api, body.permissions);
        if (refusal !== undefined) return refusal;
        if (inPast(body.expiresAtMs)) {
          return refuseField("expiresAtMs", "must lie ahead: revoke a key to end it now");
        }
        const key = patched(before, body);
        const isPut = await directory.putKey(key, await desk.changeBy(context), before);
        return isPut ? answer(schemas.one, shownKey(desk, key)) : undefined;
      }),

    revokeKey: ({ params: { accountId, keyId } }, context) =>
      desk.inTurn(`key ${keyId}`, async () => {
        const before = await keyOf(desk, accountId, keyId);
        if (before === undefined) return refuse("not_found");
        const key = before.revokedAtMs === undefined ? await revoke(desk, keyId, context) : before;
        return answer(schemas.one, shownKey(desk, key));
      }),
  };
}

/** A key of a contract that is not served any more can be revoked all the same: any desk does. */
async function revoke(desk: Desk, keyId: string, context: HandlerContext) {
  const { by } = await desk.changeBy(context);
  return desk.tokens.revoke(keyId, by);
}

export function keyDeskOf(desk: Desk, title: string) {
  const found = desk.keys.get(title);
  if (found === undefined) throw new Error(`there is a desk for each contract, also for ${title}`);
  return found;
}
