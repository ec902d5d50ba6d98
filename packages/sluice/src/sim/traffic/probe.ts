// One call to one node when nothing is wrong: it must be answered as if nothing had ever been.

import type { AnyWire } from "../../contract/index.ts";
import type { Network } from "../network/exchange.ts";
import type { Person } from "../nodes/people.ts";
import { BASE_PATH, DEGRADED_HEADER } from "../nodes/sim-api.ts";
import { NONCE } from "../nodes/sim-work.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { headerOf, ORIGIN, Sender } from "./sim-transport.ts";

/** Asks at once; what it gives back says later what was wrong with the answer, or undefined. */
export function probe(
  world: SimWorld,
  network: Network,
  wire: AnyWire,
  person: Person,
  node: number,
): () => string | undefined {
  let found: string | undefined = `node ${node} does not answer`;
  const sender = new Sender(world, network, wire, person, node);
  const headers = new Map([["x-api-key", person.secret]]);
  const url = `${ORIGIN}${BASE_PATH}/look?${NONCE}=probe-${node}`;
  sender
    .send("GET", url, headers, () => undefined)
    .then(
      (answer) => {
        const degraded = headerOf(answer, DEGRADED_HEADER);
        found = undefined;
        if (answer.status !== 200) found = `node ${node} answers ${answer.status} ${answer.body}`;
        else if (degraded !== undefined) found = `node ${node} still answers without ${degraded}`;
      },
      (error: unknown) => {
        found = `node ${node}: ${error}`;
      },
    );
  return () => found;
}
