// A call as the API sees it that is served below a path: the same, with a shorter target.

import type { BodyRead, Call, PassedBody, Upgrade } from "sluice/gate";

export class CallBelow implements Call {
  readonly #call: Call;
  readonly target: string;

  constructor(call: Call, target: string) {
    this.#call = call;
    this.target = target;
  }

  get method(): string {
    return this.#call.method;
  }
  get address(): string {
    return this.#call.address;
  }
  get upgrade(): Upgrade | undefined {
    return this.#call.upgrade;
  }
  get aborted(): boolean {
    return this.#call.aborted;
  }
  header(name: string): string | undefined {
    return this.#call.header(name);
  }
  headers(): Iterable<readonly [string, string]> {
    return this.#call.headers();
  }
  readBody(bytesMax: number): BodyRead | Promise<BodyRead> {
    return this.#call.readBody(bytesMax);
  }
  openBody(): PassedBody {
    return this.#call.openBody();
  }
  onAbort(listener: () => void): () => void {
    return this.#call.onAbort(listener);
  }
}
