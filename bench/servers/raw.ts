// The baseline of every comparison: bare node:http that answers at once and checks nothing.

import { createServer } from "node:http";
import { ITEMS, serve } from "../src/answer.ts";

serve(
  createServer((_request, response) => {
    const body = JSON.stringify(ITEMS);
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  }),
);
