/** A connection that Node has let go of because its request offers to upgrade it: what it says, and how it is answered. */
import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ByteSource, Upgrade } from "../gate/index.ts";

/** What may wait until somebody asks for it; beyond, the connection stands still. */
const WAITING_BYTES_MAX = 65_536;
/** What a piece costs beside its bytes, so that many small ones are bounded, too. */
const PIECE_COST = 256;

/** What a listener of `createNodeListener` takes where the event is `upgrade`, not `request`. */
export interface Upgradable {
  readonly response: ServerResponse;
  readonly upgrade: Upgrade;
}

/**
 * For the event `upgrade` of a server, which must be asked for WebSockets only. Whatever is answered is the last thing on
 * this connection; where the caller leaves it open behind that, whoever opened the server closes it.
 *
 * @param head what came together with the request.
 * @example
 * server.on("upgrade", (request, socket, head) => {
 *   const { response, upgrade } = takeOver(request, socket, head);
 *   listener(request, response, upgrade);
 * });
 */
export function takeOver(request: IncomingMessage, socket: Socket, head: Uint8Array): Upgradable {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // Node tells the response of its connection no more. Errors are followed by "close".
  socket.on("error", () => undefined);
  socket.on("drain", () => response.emit("drain"));
  response.once("finish", () => socket.destroySoon());
  const bytes = new BytesBehind(socket, response, head);
  return { response, upgrade: { protocol: "websocket", bytes } };
}

interface Asking {
  resolve(piece: Uint8Array | undefined): void;
  reject(error: Error): void;
}

/** Read ahead up to a bound, since a connection that stands still would not tell that its caller has gone. */
class BytesBehind implements ByteSource {
  readonly #socket: Socket;
  #waiting: Uint8Array[] = [];
  #cost = 0;
  #asking: Asking | undefined;
  #state: "coming" | "ended" | "cut" | "unwanted" = "coming";

  constructor(socket: Socket, response: ServerResponse, head: Uint8Array) {
    this.#socket = socket;
    if (head.length > 0) this.#take(head);
    socket
      .on("data", (piece: Uint8Array) => this.#take(piece))
      .on("end", () => {
        this.#end("ended");
        // Whoever says no more before there is an answer has left, as with any other request.
        if (!response.headersSent) socket.destroy();
      })
      .on("close", () => this.#end("cut"));
    if (this.#cost < WAITING_BYTES_MAX) socket.resume();
  }

  next(): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      const piece = this.#waiting.shift();
      if (piece === undefined) {
        this.#asking = { resolve, reject };
        if (this.#state !== "coming") this.#tell();
        return;
      }
      this.#cost -= piece.length + PIECE_COST;
      if (this.#cost <= WAITING_BYTES_MAX / 2) this.#socket.resume();
      resolve(piece);
    });
  }

  /** What still comes is let in and dropped: a caller who is told something must be able to read it. */
  cancel(): void {
    this.#waiting = [];
    this.#cost = 0;
    this.#end("unwanted");
    this.#socket.resume();
  }

  #take(piece: Uint8Array): void {
    if (this.#state !== "coming") return;
    if (this.#asking !== undefined) {
      this.#asking.resolve(piece);
      this.#asking = undefined;
      return;
    }
    this.#waiting.push(piece);
    this.#cost += piece.length + PIECE_COST;
    if (this.#cost >= WAITING_BYTES_MAX) this.#socket.pause();
  }

  #end(state: "ended" | "cut" | "unwanted"): void {
    if (this.#state !== "coming") return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    if (this.#state === "cut") this.#asking?.reject(new Error("the caller's connection broke off"));
    else this.#asking?.resolve(undefined);
    this.#asking = undefined;
  }
}
