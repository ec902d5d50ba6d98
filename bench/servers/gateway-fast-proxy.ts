// A peer: fast-proxy over undici, which its documentation says is the faster of its ways.

import { createServer } from "node:http";
import fastProxy from "fast-proxy";
import { serve } from "../src/answer.ts";
import { KEEP_ALIVE_MS, UPSTREAM_CONNECTIONS, upstreamUrl } from "../src/gateway/setup.ts";

const { proxy } = fastProxy({
  base: upstreamUrl(),
  undici: { connections: UPSTREAM_CONNECTIONS, pipelining: 1 },
});

serve(
  createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    proxy(request, response, request.url ?? "/", {});
  }),
);
