/** Before: each request asks Unkey about its key, over the network; its limits and credits are kept there. */
import type { AddressInfo } from "node:net";
import { Unkey } from "@unkey/api";
import express, { type NextFunction, type Request, type Response } from "express";

const unkey = new Unkey({ rootKey: process.env["UNKEY_ROOT_KEY"] ?? "" });

const STATUS: Readonly<Record<string, number>> = {
  RATE_LIMITED: 429,
  USAGE_EXCEEDED: 402,
  FORBIDDEN: 403,
  INSUFFICIENT_PERMISSIONS: 403,
};

async function requireKey(req: Request, res: Response, next: NextFunction) {
  const key = req.get("authorization")?.replace(/^Bearer /, "") ?? "";
  const answer = await unkey.keys
    .verifyKey({ key, credits: { cost: 5 }, ratelimits: [{ name: "requests" }] })
    .catch(() => undefined);
  if (answer === undefined) {
    res.status(503).json({ error: "authentication unavailable" });
  } else if (answer.data.valid) {
    res.locals["account"] = answer.data.identity?.externalId;
    next();
  } else {
    res.status(STATUS[answer.data.code] ?? 401).json({ error: answer.data.code });
  }
}

const app = express();
app.post("/v1/renders", requireKey, (_, res) => {
  // The five credits are spent by now, whatever becomes of the work.
  res.json({ renderedFor: res.locals["account"] });
});
const http = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(
    `curl -i -X POST http://127.0.0.1:${port}/v1/renders -H "Authorization: Bearer sk_1"`,
  );
});
