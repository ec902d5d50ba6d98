// One API, served in either way over a real socket: with the gate in the process of the plain API, or in a gateway in front of
// it. Everything else is the same: the contract, the stores, time and chance.

import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  createHttpUpstream,
  type GatedUpstreamOptions,
  openNodeDoor,
  type UpstreamFailure,
} from "@sluice/gateway";
import { type SharedSecret, servePlain } from "@sluice-apis/plain-server";
import { type AnyApi, keyHeaders } from "sluice";
import { answerUnreadable, createNodeListener } from "sluice/adapter/node";
import {
  createGate,
  type FetchHandler,
  fetchUpstream,
  type Gate,
  type GateOptions,
} from "sluice/gate";
import { closedInTime } from "./closing.ts";
import { Departures } from "./departures.ts";

export const ways = ["embedded", "proxied"] as const;
export type Way = (typeof ways)[number];

export interface ServedOptions<A extends AnyApi> extends Omit<GateOptions<A>, "upstream"> {
  readonly api: A;
  /** What does the work, and knows nothing of the gate but what it is handed. */
  readonly plain: FetchHandler;
  /** Until the head of a request must have come. @default so long that no test meets it */
  readonly headersTimeoutMs?: number;
}

export interface Served {
  /** Without a slash at the end. */
  readonly url: string;
  readonly gate: Gate;
  /** Why the plain API could not be reached, where that can happen. */
  readonly failures: readonly UpstreamFailure[];
  readonly departures: Departures;
  /** Cuts off whoever is still there. Safe to call twice. */
  close(): Promise<void>;
}

/** Where the gate is reached, and how it lets go of that. */
interface Front {
  readonly port: number;
  readonly connections: number;
  close(): Promise<void>;
}

const host = "127.0.0.1";
const longMs = 60_000;
const shared: SharedSecret = { id: "tests", secret: "a secret of thirty-two bytes, or more" };

export async function serve<A extends AnyApi>(
  way: Way,
  options: ServedOptions<A>,
): Promise<Served> {
  return way === "embedded" ? serveEmbedded(options) : serveProxied(options);
}

async function serveEmbedded<A extends AnyApi>(options: ServedOptions<A>): Promise<Served> {
  const { api, plain, headersTimeoutMs, ...told } = options;
  const gate = createGate<A>(api, { ...told, upstream: fetchUpstream(plain) } as GateOptions<A>);
  return servedBy({ gate, headersTimeoutMs, failures: [] }, openServer, async () => undefined);
}

async function serveProxied<A extends AnyApi>(options: ServedOptions<A>): Promise<Served> {
  const { plain, ...rest } = options;
  const server = await servePlain(plain, shared);
  return serveInFrontOf({ url: server.url }, rest, () =>
    closedInTime("the plain API", server.close()),
  );
}

/** A gateway in front of whatever listens there. */
export async function serveInFrontOf<A extends AnyApi>(
  upstreamAt: Omit<GatedUpstreamOptions, "secret" | "onFailure">,
  options: Omit<ServedOptions<A>, "plain">,
  closeBehind: () => Promise<void> = async () => undefined,
): Promise<Served> {
  const { api, headersTimeoutMs, ...told } = options;
  const failures: UpstreamFailure[] = [];
  const upstream = createHttpUpstream({
    ...upstreamAt,
    secret: shared,
    onFailure: (failure) => failures.push(failure),
  });
  const gate = createGate<A>(api, { ...told, upstream } as GateOptions<A>);
  return servedBy({ gate, headersTimeoutMs, failures }, openDoor, async () => {
    await closeBehind();
    await closedInTime("the upstream", upstream.close(), () => upstream.load);
  });
}

/** What a front needs of a gate. */
type Behind = Pick<Gate, "api" | "handle" | "unreadable">;

type OpenFront = (gate: Behind, headersTimeoutMs: number) => Promise<Front>;

const openServer: OpenFront = async (gate, headersTimeout) => {
  const timing = { connectionsCheckingInterval: 10, headersTimeout };
  const server = createServer(timing, createNodeListener(gate));
  answerUnreadable(server, gate);
  // Node's own list has no connection that it has let go of, such as one for a tunnel.
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sockets.size;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

const openDoor: OpenFront = async (gate, headersTimeoutMs) => {
  const door = await openNodeDoor({
    host,
    port: 0,
    answer: gate.handle,
    unreadable: gate.unreadable,
    keyHeaders: keyHeaders(gate.api.wire.key),
    bounds: { headersTimeoutMs },
  });
  return {
    port: door.port,
    get connections() {
      return door.connections;
    },
    close: () => door.close({ answersMs: 0, streamsMs: 0 }),
  };
};

interface Parts extends Pick<Served, "gate" | "failures"> {
  readonly headersTimeoutMs: number | undefined;
}

async function servedBy(
  { gate, failures, headersTimeoutMs = longMs }: Parts,
  open: OpenFront,
  closeBehind: () => Promise<void>,
): Promise<Served> {
  const departures = new Departures();
  const { api, unreadable } = gate;
  const behind = { api, unreadable, handle: departures.watching(gate.handle) };
  const front = await open(behind, headersTimeoutMs);
  let closed: Promise<void> | undefined;
  const close = async () => {
    const { connections } = front;
    const state = () => ({ before: connections, now: front.connections, calls: gate.underWay });
    await closedInTime("the front", front.close(), state);
    await closeBehind();
    gate.close();
  };
  return {
    url: `http://${host}:${front.port}`,
    gate,
    failures,
    departures,
    close() {
      closed ??= close();
      return closed;
    },
  };
}
