// A call from a page as the gate sees it: to another target, with a secret where the page has a cookie, and without the cookie.

import type { Call } from "sluice/gate";
import { CallBelow } from "../serving/call-below.ts";

const AUTHORIZATION = "authorization";
const COOKIE = "cookie";

export interface Asked {
  readonly method: string;
  readonly target: string;
}

export class SignedInCall extends CallBelow {
  readonly #method: string;
  readonly #authorization: string | undefined;

  /** @param secret undefined where nobody is signed in */
  constructor(call: Call, { method, target }: Asked, secret: string | undefined) {
    super(call, target);
    this.#method = method;
    this.#authorization = secret === undefined ? undefined : `Bearer ${secret}`;
  }

  override get method(): string {
    return this.#method;
  }

  override header(name: string): string | undefined {
    if (name === AUTHORIZATION) return this.#authorization;
    return name === COOKIE ? undefined : super.header(name);
  }

  override *headers(): Iterable<readonly [string, string]> {
    for (const header of super.headers()) {
      if (header[0] !== AUTHORIZATION && header[0] !== COOKIE) yield header;
    }
    if (this.#authorization !== undefined) yield [AUTHORIZATION, this.#authorization];
  }
}
