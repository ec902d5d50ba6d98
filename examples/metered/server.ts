// `npm start --workspace sluice-example-metered`: serves the metered API with one account, and prints what to try.

import { createServer } from "node:http";
import { createNodeListener } from "sluice/adapter/node";
import { gate, stores } from "./gate.ts";

const change = { by: "example", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "pro", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
const { secret } = await gate.keys.create({ accountId: "acct_1", name: "demo", by: "example" });

const port = Number(process.env["PORT"] ?? 3000);
createServer(createNodeListener(gate)).listen(port, "127.0.0.1", () => {
  for (const path of ["stories", "films"]) {
    console.log(
      `curl -iN http://127.0.0.1:${port}/v1/${path} -H "Authorization: Bearer ${secret}" ` +
        `-H "Content-Type: application/json" -d '{"prompt":"a cat"}'`,
    );
  }
});
