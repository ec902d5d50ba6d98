// What clients are driven against: bare node:http that says how a rate limit stands which nobody reaches.

import { createServer } from "node:http";
import { ITEMS, serve } from "../src/answer.ts";

serve(
  createServer((_request, response) => {
    const body = JSON.stringify(ITEMS);
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      "x-ratelimit-limit": "10000000",
      "x-ratelimit-remaining": "9999999",
      "x-ratelimit-reset": "60",
    });
    response.end(body);
  }),
);
