// A proxy that stands between a client and a server and does to their bytes what networks do: delay, silence, nonsense, half
// an answer, a broken connection.

import { connect, createServer, type Server, type Socket } from "node:net";

/** What happens to what the server says from now on, on connections that are open too. */
export type Fault =
  | { readonly kind: "pass" }
  | { readonly kind: "delay"; readonly ms: number }
  /** Neither side hears anything, and nothing ends. */
  | { readonly kind: "hang" }
  /** In place of each answer. Such a connection is of no use any more: it is broken off when something else follows. */
  | { readonly kind: "garbage"; readonly bytes: string }
  /** The first half of an answer; then likewise. */
  | { readonly kind: "half" }
  /** Each connection is broken off as soon as the server has answered. */
  | { readonly kind: "reset" }
  /** Nobody can connect, and nobody is connected. */
  | { readonly kind: "refuse" };

export interface FaultProxy {
  readonly port: number;
  /** Connections that were made until now. */
  readonly connections: number;
  set(fault: Fault): void;
  /** Whom new connections lead to; those that are open are broken off. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

export async function startFaultProxy(toPort: number): Promise<FaultProxy> {
  const wire = new Wire(toPort);
  const server = createServer((client) => wire.join(client));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(server),
    get connections() {
      return wire.connections;
    },
    set: (fault) => wire.set(fault),
    leadTo: (port) => wire.leadTo(port),
    async close() {
      wire.breakOff();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return address.port;
}

class Wire {
  #toPort: number;
  readonly #sockets = new Set<Socket>();
  /** What is held up while nothing passes; it goes on when something does again. */
  #held: (() => void)[] = [];
  #fault: Fault = { kind: "pass" };
  connections = 0;

  constructor(toPort: number) {
    this.#toPort = toPort;
  }

  set(fault: Fault): void {
    const isSpoilt = this.#fault.kind === "garbage" || this.#fault.kind === "half";
    this.#fault = fault;
    if (isSpoilt || fault.kind === "refuse") this.breakOff();
    if (fault.kind === "hang") return;
    for (const goOn of this.#held.splice(0)) goOn();
  }

  leadTo(port: number): void {
    this.#toPort = port;
    this.breakOff();
  }

  breakOff(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  join(client: Socket): void {
    if (this.#fault.kind === "refuse") {
      client.resetAndDestroy();
      return;
    }
    this.connections++;
    const server = connect(this.#toPort, "127.0.0.1");
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on("data", (bytes) => this.#unlessHung(() => server.write(bytes)));
    server.on("data", (bytes) => this.#answer(client, Buffer.from(bytes)));
  }

  #answer(client: Socket, bytes: Buffer): void {
    const fault = this.#fault;
    switch (fault.kind) {
      case "pass":
      case "hang":
        this.#unlessHung(() => client.write(bytes));
        break;
      case "delay":
        setTimeout(() => client.write(bytes), fault.ms);
        break;
      case "garbage":
        client.write(fault.bytes);
        break;
      case "half":
        client.write(bytes.subarray(0, bytes.length / 2));
        break;
      case "reset":
      case "refuse":
        client.resetAndDestroy();
        break;
    }
  }

  #unlessHung(goOn: () => void): void {
    if (this.#fault.kind === "hang") this.#held.push(goOn);
    else goOn();
  }
}
