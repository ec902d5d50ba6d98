// The door on Node's own HTTP server: `sluice/adapter/node` translates, Node parses, and here stand the bounds around both.

import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { answerUnreadable, createNodeListener, takeOver } from "sluice/adapter/node";
import { systemClock } from "sluice/base";
import type { Upgrade } from "sluice/gate";
import {
  type Door,
  type DoorBounds,
  type DoorOptions,
  type DoorTls,
  doorBounds,
  type Grace,
} from "./door.ts";
import { Guests } from "./guests.ts";
import { listen } from "./listen.ts";
import { createStrictness, offersUpgrade } from "./strictness.ts";
import { canUpgrade, offersWebSocket } from "./upgrade.ts";

/** How often Node looks for late heads, and we for late bodies. Its own default would make 10 s up to 40. */
const lookEveryMs = 1_000;
/** A peer that vanished without a word is found out after this long, also behind a stream that is quiet. */
const probeAfterMs = 60_000;

/** @example const door = await openNodeDoor({ host, port, answer: gate.handle, unreadable: gate.unreadable, keyHeaders }); */
export async function openNodeDoor(options: DoorOptions): Promise<Door> {
  const door = new NodeDoor(options);
  await door.open();
  return door;
}

class NodeDoor implements Door {
  readonly #options: DoorOptions;
  readonly #bounds: DoorBounds;
  readonly #server: Server | HttpsServer;
  readonly #guests: Guests;
  readonly #listener: ReturnType<typeof createNodeListener>;
  #port = 0;
  #turnedAway = 0;
  #isClosing = false;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#bounds = { ...doorBounds, ...options.bounds };
    this.#server = createServer(options.tls, this.#bounds, (request) => this.#mayUpgrade(request));
    this.#guests = new Guests(this.#bounds, {
      onLate: (socket) => this.#refuseLate(socket),
      onHeldBack: askWhetherItStands,
    });
    this.#listener = createNodeListener(
      { handle: options.answer, unreadable: options.unreadable },
      { refuses: createStrictness({ ...this.#bounds, keyHeaders: options.keyHeaders }) },
    );
  }

  async open(): Promise<void> {
    const server = this.#server;
    // Before Node's own listener, which would begin to read.
    server.prependListener("connection", (socket: Socket) => this.#greet(socket));
    const isOpen = this.#options.tls === undefined ? "connection" : "secureConnection";
    server.on(isOpen, (socket: Socket) => this.#guests.welcome(socket));
    server.on("request", (request, response) => this.#receive(request, response));
    if (canUpgrade) server.on("upgrade", (request, _, head) => this.#receiveOffer(request, head));
    answerUnreadable(server, this.#options);
    server.on("drop", () => this.#turnedAway++);
    server.on("timeout", (socket: Socket) => this.#endUnlessQuiet(socket));
    // Whoever cannot agree on a cipher, or speaks no TLS, could not read an answer either.
    server.removeAllListeners("tlsClientError");
    server.on("tlsClientError", (_: Error, socket: Socket) => socket.destroy());
    await listen(server, this.#options);
    this.#port = (server.address() as AddressInfo).port;
    this.#lookAfterGuests();
  }

  get host(): string {
    return this.#options.host;
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#guests.size;
  }

  get turnedAway(): number {
    return this.#turnedAway;
  }

  renewTls(tls: DoorTls): void {
    if ("setSecureContext" in this.#server) this.#server.setSecureContext({ ...tls, ...tlsRules });
  }

  close({ answersMs, streamsMs }: Grace): Promise<void> {
    this.#isClosing = true;
    const { clock = systemClock } = this.#options;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const { response } of this.#guests.guests()) {
      if (response === undefined || response.closed) continue;
      if (!response.headersSent) response.shouldKeepAlive = false;
      // Its head has promised a next request: nobody may wait for that.
      else response.once("close", () => this.#server.closeIdleConnections());
    }
    this.#server.closeIdleConnections();
    const stop = [
      clock.after(answersMs, () => this.#cutUnanswered(), true),
      clock.after(Math.max(answersMs, streamsMs), () => this.#guests.cutAll(), true),
    ];
    return closed.finally(() => {
      for (const cancel of stop) cancel();
    });
  }

  #greet(socket: Socket): void {
    if (this.#guests.admit(socket)) return;
    this.#turnedAway++;
    socket.destroy();
  }

  /** An answer that is still owed would have to leave first: whoever offers behind it is refused in its turn. */
  #mayUpgrade(request: IncomingMessage): boolean {
    const { mayUpgrade } = this.#options;
    const { url = "", socket } = request;
    if (mayUpgrade === undefined || !url.startsWith("/") || !offersWebSocket(request)) return false;
    return this.#guests.find(socket)?.response?.closed !== false && mayUpgrade(url);
  }

  #receiveOffer(request: IncomingMessage, head: Buffer): void {
    // Of a request without a body it is the socket itself.
    const { socket } = request;
    // Node times a connection no more that it has let go of.
    socket.setTimeout(this.#bounds.stalledMs).on("timeout", () => this.#endUnlessQuiet(socket));
    const { response, upgrade } = takeOver(request, socket, head);
    this.#receive(request, response, upgrade);
  }

  #receive(request: IncomingMessage, response: ServerResponse, upgrade?: Upgrade): void {
    const guest = this.#guests.find(request.socket);
    if (guest === undefined) return;
    const { response: before } = guest;
    if (before !== undefined && !before.shouldKeepAlive) {
      // Its caller was told that nothing more would be read. Who is only asked to leave is told so by this answer instead.
      if (before.headersSent || !this.#isClosing) return;
      before.shouldKeepAlive = true;
    }
    guest.request = request;
    guest.response = response;
    if (this.#isClosing || offersUpgrade(request)) response.shouldKeepAlive = false;
    this.#listener(request, response, upgrade);
  }

  /** As Node does for a head that is late; the adapter answers it. */
  #refuseLate(socket: Socket): void {
    const error = Object.assign(new Error("The body comes too slowly"), {
      code: "ERR_HTTP_REQUEST_TIMEOUT",
    });
    this.#server.emit("clientError", error, socket);
  }

  /** Nothing came and nothing went for a while. Node asks; without us it would end streams that are only quiet. */
  #endUnlessQuiet(socket: Socket): void {
    const response = this.#guests.find(socket)?.response;
    const isWaiting = response !== undefined && !response.closed;
    if (isWaiting && socket.writableLength === 0) socket.setTimeout(this.#bounds.stalledMs);
    else socket.destroy();
  }

  #cutUnanswered(): void {
    for (const { socket, response } of this.#guests.guests()) {
      if (response?.headersSent !== true || response.closed) socket.destroy();
    }
  }

  #lookAfterGuests(): void {
    const { clock = systemClock } = this.#options;
    let atMs = clock.monotonicMs();
    const everyMs = Math.min(lookEveryMs, this.#bounds.requestTimeoutMs);
    const look = () => {
      const nowMs = clock.monotonicMs();
      this.#guests.lookAfter(nowMs - atMs);
      atMs = nowMs;
      if (this.#server.listening || this.#guests.size > 0) clock.after(everyMs, look);
    };
    clock.after(everyMs, look);
  }
}

/**
 * Writes nothing, so that nothing is sent: but the system answers with an error where the connection has been reset, or has not
 * answered its probes. Of a caller who has gone with a part of the body still unsent it knows nothing yet.
 */
function askWhetherItStands(socket: Socket): void {
  if (socket.writable && socket.writableLength === 0) socket.write("");
}

/** What RFC 9325 §3.1.1 leaves; no other protocol is agreed on than the one that is spoken here. */
const tlsRules = { minVersion: "TLSv1.2", ALPNProtocols: ["http/1.1"] } as const;

function createServer(
  tls: DoorTls | undefined,
  bounds: DoorBounds,
  shouldUpgradeCallback: (request: IncomingMessage) => boolean,
): Server | HttpsServer {
  const rules = {
    shouldUpgradeCallback,
    headersTimeout: bounds.headersTimeoutMs,
    // Bodies are timed by what comes of them.
    requestTimeout: 0,
    keepAliveTimeout: bounds.keepAliveMs,
    connectionsCheckingInterval: Math.min(lookEveryMs, bounds.headersTimeoutMs),
    maxHeaderSize: bounds.headerBytesMax,
    insecureHTTPParser: false,
    keepAlive: true,
    keepAliveInitialDelay: probeAfterMs,
  };
  const server =
    tls === undefined
      ? createHttpServer(rules)
      : createHttpsServer({
          ...rules,
          ...tls,
          ...tlsRules,
          handshakeTimeout: bounds.headersTimeoutMs,
        });
  // Node drops what is beyond without a word: one more is enough to see that there are too many.
  server.maxHeadersCount = bounds.headersMax + 1;
  server.maxConnections = bounds.connectionsMax;
  server.timeout = bounds.stalledMs;
  return server;
}
