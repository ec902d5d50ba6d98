// The same bare server answering from setImmediate. Node writes such answers more cheaply, so this
// row, not the baseline, shows what an asynchronous layer could reach at best.

import { createServer } from "node:http";
import { ITEMS, serve } from "../src/answer.ts";

serve(
  createServer((_request, response) => {
    setImmediate(() => {
      const body = JSON.stringify(ITEMS);
      response.writeHead(200, {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(body),
      });
      response.end(body);
    });
  }),
);
