// A peer: Express with a key check against a Map and express-rate-limit counting by key. The limit
// is too high ever to refuse. ETags are off because no other row computes them.

import { createServer } from "node:http";
import express from "express";
import { rateLimit } from "express-rate-limit";
import { benchKey, ITEMS, ITEMS_PATH, REFUSAL, serve } from "../src/answer.ts";

const accounts = new Map([[benchKey(), "acct_bench"]]);
const app = express();
app.disable("etag");
app.disable("x-powered-by");

app.use((request, response, next) => {
  if (accounts.has(request.get("x-api-key") ?? "")) next();
  else response.status(401).json(REFUSAL);
});
app.use(
  rateLimit({
    windowMs: 60_000,
    limit: 1_000_000_000,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    keyGenerator: (request) => request.get("x-api-key") ?? "",
  }),
);
app.get(ITEMS_PATH, (_request, response) => {
  response.json(ITEMS);
});

serve(createServer(app));
