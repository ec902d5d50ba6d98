// The proxies that most tables compare, the control first, and those that come with `--all`.

import type { Row } from "../section.ts";
import { BARE, GATES, PEERS, type ReverseProxy } from "./proxies.ts";

export const CONTROL: ReverseProxy = { ...BARE, name: "A/A: an open path against itself" };

const ROWS = [GATES.memory, PEERS.fastify, PEERS.nginx, PEERS.haproxy];
const LONG_ROWS = [PEERS.middleware, PEERS.fastProxy];

/** @param first the control, where a table has one beside it. */
export function lineUp(first: ReverseProxy, rowOf: (proxy: ReverseProxy) => Row): readonly Row[] {
  return [
    ...[first, ...ROWS].map(rowOf),
    ...LONG_ROWS.map((proxy) => ({ ...rowOf(proxy), isLong: true as const })),
  ];
}
