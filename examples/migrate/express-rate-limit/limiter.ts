/** Halfway: the same app, the same keys, and only the counting is exact. */
import type { AddressInfo } from "node:net";
import express, { type NextFunction, type Request, type Response } from "express";
import { systemClock } from "sluice/base";
import { MemoryLimits } from "sluice/store/memory";

const limits = new MemoryLimits();

function exactLimit(limit: number, windowMs: number) {
  return async (req: Request, res: Response, next: NextFunction) => {
    const id = req.get("authorization") ?? "nobody";
    const windows = [{ id, limit, windowMs, cost: 1 }];
    const verdict = await limits.admit({ windows, slots: [] }, systemClock.monotonicMs());
    if (verdict.admitted) return next();
    res.set("Retry-After", `${Math.ceil(verdict.retryAfterMs / 1_000)}`);
    res.status(429).send("Too many requests, please try again later.");
  };
}

const app = express();
app.use("/v1", exactLimit(10, 60_000));
app.get("/v1/hello", (_, res) => void res.json({ hello: "acct_1" }));
const http = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(`curl -i http://127.0.0.1:${port}/v1/hello -H "Authorization: Bearer one"`);
});
