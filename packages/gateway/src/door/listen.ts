// A server on its port, or a sentence on what to do where it cannot have it.

import type { Server } from "node:net";
import { StartError } from "../start-error.ts";

interface Place {
  readonly host: string;
  readonly port: number;
}

/** @throws StartError where it can be put right */
export function listen(server: Server, { host, port }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(explain(error, { host, port }));
    server.once("error", refuse);
    server.listen({ host, port, backlog: 1_024 }, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}

function explain(error: NodeJS.ErrnoException, { host, port }: Place): Error {
  const advice: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} is in use: stop what listens there, or choose another port`,
    EACCES: `port ${port} needs rights that this process lacks: choose one above 1023`,
    EADDRNOTAVAIL: `${host} is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all`,
    ENOTFOUND: `${host} cannot be resolved: use an address, 127.0.0.1 or 0.0.0.0`,
  };
  const known = advice[error.code ?? ""];
  return known === undefined ? error : new StartError(`Cannot listen: ${known}.`, { cause: error });
}
