// One call to one node when nothing is wrong: it must be answered as if nothing had ever been.

import type { AnyWire } from "../../contract/index.ts";
import type { Network } from "../network/exchange.ts";
import type { Person } from "../nodes/people.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { requestFor } from "./request-for.ts";
import { isDegraded, Sender } from "./sim-transport.ts";

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
  const { subject } = world;
  const request = requestFor(subject, subject.probed, `probe-${node}`, person.secret);
  sender
    .send(request, () => undefined)
    .then(
      (answer) => {
        found = undefined;
        if (answer.status >= 300) found = `node ${node} answers ${answer.status} ${answer.body}`;
        else if (isDegraded(answer)) found = `node ${node} still answers without a store`;
      },
      (error: unknown) => {
        found = `node ${node}: ${error}`;
      },
    );
  return () => found;
}
