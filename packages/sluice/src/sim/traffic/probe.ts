// One call to one node when nothing is wrong: it must be answered as if nothing had ever been.

import type { AnyWire } from "../../contract/index.ts";
import type { Network } from "../network/exchange.ts";
import type { Person } from "../nodes/people.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { requestFor } from "./request-for.ts";
import { isDegraded, Sender } from "./sim-transport.ts";

export interface Probed {
  /** Whether it was answered, or never will be. */
  isOver: boolean;
  /** What is wrong with the answer, or that there is none. */
  found: string | undefined;
}

/** Asks at once; what it gives back says later how that went. */
export function probe(
  world: SimWorld,
  network: Network,
  wire: AnyWire,
  person: Person,
  node: number,
): Probed {
  const probed: Probed = { isOver: false, found: `node ${node} does not answer` };
  const end = (found: string | undefined) => {
    probed.found = found;
    probed.isOver = true;
  };
  const sender = new Sender(world, network, wire, person, node);
  const { subject } = world;
  const request = requestFor(subject, subject.probed, `probe-${node}`, person.secret);
  sender
    .send(request, () => undefined)
    .then(
      (answer) => {
        const { status, body } = answer;
        if (status >= 300) end(`node ${node} answers ${status} ${body}`);
        else end(isDegraded(answer) ? `node ${node} still answers without a store` : undefined);
      },
      (error: unknown) => end(`node ${node}: ${error}`),
    );
  return probed;
}
