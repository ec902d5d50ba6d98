// The usual port where nobody has it yet, else any free one: what is found in demo.json need not be known by heart.

import { createServer } from "node:net";

/** 0, which means any free one, where the port is taken. */
export function freeOr0(port: number, host: string): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(port)));
  });
}
