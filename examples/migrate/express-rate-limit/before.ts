/** Before: ten calls a minute for each key, counted by express-rate-limit. Whose key it is, somebody else checks. */
import type { AddressInfo } from "node:net";
import express, { type Request } from "express";
import { rateLimit } from "express-rate-limit";

const app = express();
app.use(
  "/v1",
  rateLimit({
    windowMs: 60_000,
    limit: 10,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    keyGenerator: (req: Request) => req.get("authorization") ?? "nobody",
  }),
);
app.get("/v1/hello", (_, res) => void res.json({ hello: "acct_1" }));
const http = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(`curl -i http://127.0.0.1:${port}/v1/hello -H "Authorization: Bearer one"`);
});
