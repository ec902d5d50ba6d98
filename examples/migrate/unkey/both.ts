/** Between the two: keys of ours go through the gate, keys of Unkey the old way, and each of those can be traded in. */
import express, { type Express, type RequestHandler } from "express";
import { environmentOf, readKey } from "sluice";
import { callerOf, sluiceExpress } from "sluice/adapter/express";
import { createGate, routes, type Stores } from "sluice/gate";
import { api } from "./contract.ts";

/** What the app still has of Unkey. */
export interface OldKeys {
  /** The middleware that it had before. */
  readonly requireKey: RequestHandler;
  /** `keys.verifyKey` with a cost of 0: whose key it is, and what is left on it; undefined for one that is not valid. */
  find(key: string): Promise<{ id: string; owner: string; credits: number } | undefined>;
  /** `keys.updateKey` with `enabled: false`. */
  end(keyId: string): Promise<void>;
}

export function createBoth(stores: Stores, pepper: Uint8Array, old: OldKeys): Express {
  const gate = createGate(api, { stores, upstream: routes(api), pepper });
  const guarded = sluiceExpress(gate);
  const keyOf = (req: express.Request) =>
    readKey(api.wire.key, { header: (name) => req.get(name) }) ?? "";

  const app = express();
  app.post("/trade-in", async (req, res) => {
    const had = await old.find(keyOf(req));
    if (had === undefined) {
      res.status(401).json({ error: "no key to trade in" });
      return;
    }
    const [id, by, atMs] = [had.owner, "trade-in", gate.clock.wallMs()];
    const account = { id, name: id, plan: "starter", subscription: "active" } as const;
    if ((await stores.directory.account(id)) === undefined) {
      await stores.directory.putAccount(account, { by, atMs });
    }
    // First the grant, then the end of what it replaces: whoever asks again is granted nothing more, by the grant's id.
    const grant = { id: `unkey-${had.id}`, accountId: id, amount: had.credits, reason: by };
    if (had.credits > 0) await stores.ledger.grant(grant, atMs);
    await old.end(had.id);
    const { secret } = await gate.keys.create({ accountId: id, name: "traded in", by });
    res.status(201).json({ key: secret });
  });
  app.use("/v1", (req, res, next) => {
    // Ours are told apart by their shape and their checksum, without a look-up.
    if (environmentOf(api.wire.key, keyOf(req)) === undefined) {
      old.requireKey(req, res, next);
      return;
    }
    guarded(req, res, () => {
      res.locals["account"] = callerOf(req).accountId;
      next();
    });
  });
  app.post("/v1/renders", (_, res) => {
    res.json({ renderedFor: res.locals["account"] });
  });
  return app;
}
