/** A call as its shadow sees it: what it asked for, and its body where somebody has read it. Nothing of its caller. */
import type { BodyRead, Call, PassedBody } from "../call.ts";

export class ShadowCall implements Call {
  readonly method: string;
  readonly target: string;
  readonly address = "";
  readonly aborted = false;
  /** Known once the call is over. */
  body: Uint8Array | undefined = undefined;

  constructor(method: string, target: string) {
    this.method = method;
    this.target = target;
  }

  /** Also no `Idempotency-Key`: what it led to is taken as it was. */
  header(): undefined {
    return undefined;
  }

  headers(): Iterable<readonly [string, string]> {
    return [];
  }

  readBody(bytesMax: number): BodyRead {
    const { body } = this;
    if (body === undefined) return { kind: "aborted" };
    return body.length > bytesMax ? { kind: "too_large" } : { kind: "bytes", bytes: body };
  }

  openBody(): PassedBody {
    return { length: 0, next: () => Promise.resolve(undefined), cancel: () => undefined };
  }

  onAbort(): () => void {
    return () => undefined;
  }
}
