// A peer: http-proxy-middleware on bare node:http, the leanest of the servers that it names, with an
// agent that keeps connections.

import { Agent, createServer } from "node:http";
import { createProxyMiddleware } from "http-proxy-middleware";
import { serve } from "../src/answer.ts";
import { KEEP_ALIVE_MS, UPSTREAM_CONNECTIONS, upstreamUrl } from "../src/gateway/setup.ts";

const proxy = createProxyMiddleware({
  target: upstreamUrl(),
  agent: new Agent({
    keepAlive: true,
    maxSockets: UPSTREAM_CONNECTIONS,
    maxFreeSockets: UPSTREAM_CONNECTIONS,
  }),
});

serve(
  createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void proxy(request, response, () => response.writeHead(404).end());
  }),
);
