// An upgraded connection to an upstream, never used for anything else: what the caller says goes in, what the upstream says comes
// out, each as fast as the other end takes it. It ends when either end does; whatever else happens, both sides end at once.

import type { Duplex } from "node:stream";
import type { ByteSource } from "sluice/gate";
import { ArrivingBody, type BodyOrigin } from "./arriving-body.ts";
import type { QuietWatch, Watched } from "./quiet-watch.ts";
import { UpstreamFailure } from "./upstream-failure.ts";

export interface TunnelOptions {
  readonly fromCaller: ByteSource;
  readonly watch: QuietWatch;
  /** Silence of both ends after which it is over: a peer that vanished says nothing either. */
  readonly quietTicksMax: number;
  /** The connection is gone. Called once. */
  readonly onClose: () => void;
}

export class Tunnel implements BodyOrigin, Watched {
  readonly body: ArrivingBody;
  watchIndex = -1;
  quietTicks = 0;
  readonly quietTicksMax: number;
  readonly #socket: Duplex;
  readonly #fromCaller: ByteSource;
  readonly #arriving: ArrivingBody;
  /** Whether the caller has said its last: what the upstream makes of that is an end, and no failure. */
  #callerEnded = false;
  #failure: unknown = new Error("the upgraded connection broke off");
  #goOn: () => void = () => undefined;

  constructor(socket: Duplex, { fromCaller, watch, quietTicksMax, onClose }: TunnelOptions) {
    this.#socket = socket;
    this.#fromCaller = fromCaller;
    this.quietTicksMax = quietTicksMax;
    const arriving = new ArrivingBody(this);
    this.#arriving = arriving;
    this.body = arriving;
    watch.add(this);
    socket
      .on("data", (piece: Buffer) => {
        this.quietTicks = 0;
        if (!arriving.push(piece)) socket.pause();
      })
      .on("end", () => arriving.end([]))
      .on("error", (error) => {
        this.#failure = error;
      })
      .on("drain", () => this.#goOn())
      .once("close", () => {
        watch.delete(this);
        if (this.#callerEnded) arriving.end([]);
        else arriving.fail(new UpstreamFailure("body", this.#failure));
        fromCaller.cancel();
        this.#goOn();
        onClose();
      })
      .resume();
    void this.#sendOn();
  }

  resume(): void {
    this.quietTicks = 0;
    this.#socket.resume();
  }

  /** Nobody wants what is still to come. */
  abandon(): void {
    this.#callerEnded = true;
    this.#socket.destroy();
  }

  onQuiet(): void {
    this.quietTicks = 0;
    if (this.#arriving.isHeld) return;
    this.#arriving.end([]);
    this.abandon();
  }

  async #sendOn(): Promise<void> {
    const socket = this.#socket;
    try {
      for (;;) {
        const piece = await this.#fromCaller.next();
        if (socket.destroyed || !socket.writable) return;
        this.quietTicks = 0;
        if (piece === undefined) break;
        if (!socket.write(piece)) await this.#drained();
      }
      this.#callerEnded = true;
      socket.end();
    } catch {
      this.abandon();
    }
  }

  #drained(): Promise<void> {
    if (this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }
}
