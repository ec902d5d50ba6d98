// A request that arrived at a node, as its gate sees it.

import type { BodyRead, Call, PassedBody } from "../../gate/index.ts";

const NO_BYTES = new Uint8Array(0);
const encoder = new TextEncoder();

interface Arrived {
  readonly method: string;
  readonly target: string;
  readonly address: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
}

export class SimCall implements Call {
  readonly method: string;
  readonly target: string;
  readonly address: string;
  readonly #headers: ReadonlyMap<string, string>;
  readonly #body: string | undefined;
  #listeners: (() => void)[] = [];
  aborted = false;

  constructor({ method, target, address, headers, body }: Arrived) {
    this.method = method;
    this.target = target;
    this.address = address;
    this.#headers = headers;
    this.#body = body;
  }

  header(name: string): string | undefined {
    return this.#headers.get(name);
  }

  headers(): Iterable<readonly [string, string]> {
    return this.#headers;
  }

  readBody(): BodyRead {
    return {
      kind: "bytes",
      bytes: this.#body === undefined ? NO_BYTES : encoder.encode(this.#body),
    };
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
