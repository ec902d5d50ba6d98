// Tokens of this API: who may ask it, and what. They are keys of an account of our own, in the same directory.

import { refuse, refuseDomain } from "sluice";
import type { HandlerContext, Key } from "sluice/gate";
import type { z } from "zod";
import { type Role, roleOf, roles } from "../contract/roles.ts";
import * as schemas from "../contract/schemas/tokens.ts";
import type { Desk } from "../desk/desk.ts";
import { adminAccount, adminAccountId } from "../desk/reserved.ts";
import { findById } from "../lists/page.ts";
import { refuseField } from "./against-contract.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { stateOf } from "./key-shown.ts";
import { present } from "./patch.ts";

type Operations = "whoAmI" | "listTokens" | "createToken" | "revokeToken" | "createSignIn";

export function tokenHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { directory } = desk.stores;
  const shown = (token: Key) => shownToken(token, desk.clock.wallMs());
  return {
    async whoAmI(_, { caller: { keyId } }) {
      const token = await desk.token(keyId);
      if (token === undefined) return refuse("not_found");
      const isLocal = keyId === desk.localToken?.key.id;
      return answer(schemas.whoAmI, { token: shown(token), isLocal });
    },

    async createSignIn(_, { caller: { keyId } }) {
      const token = await desk.token(keyId);
      if (token === undefined) return refuse("not_found");
      if (desk.signIns === undefined) return refuseDomain("not_serving");
      return answer(schemas.signIn, desk.signIns.invite(token), 201);
    },

    async listTokens({ query }) {
      const found = await findById(query, "tokens", (page) =>
        directory.keysOf(adminAccountId, page),
      );
      return answerPage(schemas.page, found, shown);
    },

    async createToken({ body: { name, role, expiresAtMs } }, context) {
      if ((expiresAtMs ?? Infinity) <= desk.clock.wallMs()) {
        return refuseField("expiresAtMs", "must lie ahead");
      }
      await makeAccount(desk, context);
      const { by } = await desk.changeBy(context);
      const spec = { accountId: adminAccountId, name, permissions: roles[role], by };
      const { key, secret } = await desk.tokens.create({ ...spec, ...present({ expiresAtMs }) });
      return answer(schemas.withSecret, { token: shown(key), secret }, 201);
    },

    revokeToken: ({ params: { tokenId } }, context) =>
      desk.inTurn(`key ${tokenId}`, async () => {
        const token = await directory.key(tokenId);
        if (token?.accountId !== adminAccountId) return refuse("not_found");
        const { by } = await desk.changeBy(context);
        const revoked = token.revokedAtMs ? token : await desk.tokens.revoke(tokenId, by);
        return answer(schemas.one, shown(revoked));
      }),
  };
}

/** With the first token. */
async function makeAccount(desk: Desk, context: HandlerContext): Promise<void> {
  const { directory } = desk.stores;
  await desk.inTurn(`account ${adminAccountId}`, async () => {
    if ((await directory.account(adminAccountId)) !== undefined) return;
    await directory.putAccount(adminAccount, await desk.changeBy(context));
  });
}

function shownToken(token: Key, nowMs: number): z.output<typeof schemas.one> {
  const { id, name, permissions = [], prefix, lastFour, createdAtMs } = token;
  const role: Role | undefined = roleOf(permissions);
  return {
    id,
    name,
    role: role ?? null,
    permissions: [...permissions],
    state: stateOf(token, nowMs),
    prefix,
    lastFour,
    createdAtMs,
    expiresAtMs: token.expiresAtMs ?? null,
    revokedAtMs: token.revokedAtMs ?? null,
  };
}
