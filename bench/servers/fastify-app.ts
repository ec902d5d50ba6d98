// The app of each Fastify row, and its one route.

import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { announce, ITEMS, ITEMS_PATH } from "../src/answer.ts";

export function createFastifyApp(options: FastifyServerOptions = {}): FastifyInstance {
  return Fastify(options);
}

/** Called behind what stands before the route; listens. */
export async function listItems(app: FastifyInstance): Promise<void> {
  app.get(ITEMS_PATH, (_request, reply) => {
    reply.send(ITEMS);
  });
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  announce(Number(new URL(address).port));
}
