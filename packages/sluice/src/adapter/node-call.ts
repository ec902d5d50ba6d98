/** An `IncomingMessage` as the gate sees it. Reads raw headers: most requests need two of them, not a map of all. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyRead, Call, PassedBody, Upgrade } from "../gate/index.ts";
import { belowMount } from "./mount.ts";
import { NodeBody } from "./node-body.ts";
import { onDeparture } from "./node-departure.ts";

/** An unread body up to this size is let in and dropped, so that the connection can be used again. */
const DROP_BYTES_MAX = 65_536;

export class NodeCall implements Call {
  readonly method: string;
  readonly target: string;
  readonly upgrade: Upgrade | undefined;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  #bodyRead = false;
  #bodyTooLarge = false;
  #bodyOpened = false;

  /** @param target as on the request line, below the mount. */
  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    target: string,
    upgrade?: Upgrade,
  ) {
    this.upgrade = upgrade;
    this.#request = request;
    this.#response = response;
    this.method = request.method ?? "GET";
    this.target = target;
  }

  get address(): string {
    return this.#request.socket.remoteAddress ?? "unknown";
  }

  header(name: string): string | undefined {
    const raw = this.#request.rawHeaders;
    let found: string | undefined;
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const candidate = raw[i];
      if (candidate === undefined || candidate.length !== name.length) continue;
      if (candidate !== name && candidate.toLowerCase() !== name) continue;
      found = found === undefined ? raw[i + 1] : `${found}, ${raw[i + 1]}`;
    }
    return found;
  }

  headers(): readonly (readonly [string, string])[] {
    const raw = this.#request.rawHeaders;
    const headers: [string, string][] = [];
    for (let i = 0; i + 1 < raw.length; i += 2) {
      headers.push([(raw[i] ?? "").toLowerCase(), raw[i + 1] ?? ""]);
    }
    return headers;
  }

  /** Whether the connection cannot be used again: a body is still coming that nobody wants. */
  get mustClose(): boolean {
    if (this.#bodyTooLarge || this.upgrade !== undefined) return true;
    if (this.#bodyOpened) return !this.#request.complete;
    if (this.#bodyRead || this.#request.complete) return false;
    const length = this.header("content-length");
    if (length !== undefined) return Number(length) > DROP_BYTES_MAX;
    return this.header("transfer-encoding") !== undefined;
  }

  get aborted(): boolean {
    return this.#request.socket.destroyed;
  }

  onAbort(listener: () => void): () => void {
    return onDeparture(this.#response, listener);
  }

  openBody(): PassedBody {
    this.#bodyOpened = true;
    const length = this.header("content-length");
    return new NodeBody(this.#request, length === undefined ? undefined : Number(length));
  }

  readBody(bytesMax: number): Promise<BodyRead> {
    this.#bodyRead = true;
    const request = this.#request;
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const finish = (read: BodyRead) => {
        request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
        // A stream without listeners for "error" would bring the process down.
        request.on("error", () => undefined);
        resolve(read);
      };
      const onData = (chunk: Buffer) => {
        length += chunk.length;
        if (length <= bytesMax) {
          chunks.push(chunk);
          return;
        }
        this.#bodyTooLarge = true;
        finish({ kind: "too_large" });
        request.resume();
      };
      const onEnd = () => finish({ kind: "bytes", bytes: Buffer.concat(chunks, length) });
      const onClose = () => finish({ kind: "aborted" });
      request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
    });
  }
}

/** What a request line asks for, below the mount. */
export function targetFrom(url: string | undefined, mount: string): string {
  return belowMount(mount, originForm(url ?? "/"));
}

/** Clients of a proxy send the whole address; a server must take that, too (RFC 9112 §3.2.2). */
function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const origin = /^https?:\/\/[^/?#]*/i.exec(url)?.[0];
  if (origin === undefined) return url;
  const rest = url.slice(origin.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}
