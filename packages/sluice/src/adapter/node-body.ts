/** A request's body as it comes: the connection stands still while enough waits for whoever asks. */
import type { IncomingMessage } from "node:http";
import type { PassedBody } from "../gate/index.ts";

interface Waiting {
  resolve(piece: Uint8Array | undefined): void;
  reject(error: Error): void;
}

/** Bytes that may wait here before the connection is held back, so that it is not stopped and started for every piece. */
const WAITING_BYTES_MAX = 131_072;

export class NodeBody implements PassedBody {
  readonly length: number | undefined;
  readonly #request: IncomingMessage;
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  #waiting: Waiting | undefined;
  #state: "coming" | "whole" | "cut" = "coming";

  constructor(request: IncomingMessage, length: number | undefined) {
    this.#request = request;
    this.length = length;
    request
      .on("data", (piece: Uint8Array) => this.#take(piece))
      .on("end", () => this.#end("whole"))
      .on("close", () => this.#end("cut"))
      .on("error", () => this.#end("cut"))
      .pause();
  }

  next(): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      const piece = this.#pieces.shift();
      if (piece === undefined) this.#waiting = { resolve, reject };
      else {
        this.#bytes -= piece.length;
        resolve(piece);
      }
      if (this.#state !== "coming") this.#tell();
      else if (this.#bytes < WAITING_BYTES_MAX / 2) this.#request.resume();
    });
  }

  /** What still comes is let in and dropped, or the connection is closed after the answer: the adapter decides. */
  cancel(): void {
    this.#end("cut");
    this.#request.resume();
  }

  #take(piece: Uint8Array): void {
    if (this.#state !== "coming") return;
    if (this.#waiting === undefined) {
      this.#pieces.push(piece);
      this.#bytes += piece.length;
      if (this.#bytes >= WAITING_BYTES_MAX) this.#request.pause();
      return;
    }
    this.#waiting.resolve(piece);
    this.#waiting = undefined;
  }

  #end(state: "whole" | "cut"): void {
    if (this.#state !== "coming") return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    if (this.#state === "whole") this.#waiting?.resolve(undefined);
    else this.#waiting?.reject(new Error("the request's body broke off"));
    this.#waiting = undefined;
  }
}
