// A request that arrived at a node, as its gate sees it; none has a body.

import type { BodyRead, Call, PassedBody } from "../../gate/index.ts";

const NO_BYTES = new Uint8Array(0);

export class SimCall implements Call {
  readonly method: string;
  readonly target: string;
  readonly address: string;
  readonly #headers: ReadonlyMap<string, string>;
  #listeners: (() => void)[] = [];
  aborted = false;

  constructor(
    method: string,
    target: string,
    address: string,
    headers: ReadonlyMap<string, string>,
  ) {
    this.method = method;
    this.target = target;
    this.address = address;
    this.#headers = headers;
  }

  header(name: string): string | undefined {
    return this.#headers.get(name);
  }

  headers(): Iterable<readonly [string, string]> {
    return this.#headers;
  }

  readBody(): BodyRead {
    return { kind: "bytes", bytes: NO_BYTES };
  }

  openBody(): PassedBody {
    return { length: 0, next: () => Promise.resolve(undefined), cancel: () => undefined };
  }

  onAbort(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }

  /** The caller has gone. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
