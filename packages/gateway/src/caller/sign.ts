// The gateway's half of a caller as signed headers. Everything that does not change from one request to the next is made
// once: the caller's JSON for each caller, the parameters for each second.

import type { Caller } from "sluice/gate";
import { HmacSha256 } from "./hmac.ts";
import { CALLER_COMPONENTS, callerBase, checkSecretId, parametersOf } from "./signature.ts";

/** A secret that the gateway shares with its upstreams. */
export interface Secret {
  /** What a signature names it by, so that it can be replaced while both are in use. */
  readonly id: string;
  /** 32 bytes or more. */
  readonly secret: string;
}

/** What is told of one request. */
export interface ToldRequest {
  readonly method: string;
  /** As the upstream sees it on the request line, without the query. */
  readonly path: string;
  /** With the question mark; empty where there is none. */
  readonly search: string;
  readonly caller: Caller;
  readonly operation: string;
  readonly requestId: string;
}

export class CallerSigner {
  readonly #hmac: HmacSha256;
  readonly #secretId: string;
  readonly #wallMs: () => number;
  readonly #callers = new WeakMap<Caller, string>();
  /** As many as the contract has operations. */
  readonly #operations = new Map<string, string>();
  #second = -1;
  #parameters = "";
  #input = "";

  constructor({ id, secret }: Secret, wallMs: () => number) {
    checkSecretId(id);
    this.#hmac = new HmacSha256(secret);
    this.#secretId = id;
    this.#wallMs = wallMs;
  }

  /** Appends the caller and its signature to a flat list of headers. The request id must be among them already. */
  push(headers: string[], request: ToldRequest): void {
    const caller = this.#callerOf(request.caller) + this.#operationOf(request.operation);
    this.#renew();
    const { method, path, search, requestId } = request;
    const base = callerBase({ method, path, search, caller, requestId }, this.#parameters);
    const signature = `sluice=:${this.#hmac.base64(base)}:`;
    headers.push("sluice-caller", caller, "signature-input", this.#input, "signature", signature);
  }

  #renew(): void {
    const second = Math.floor(this.#wallMs() / 1_000);
    if (second === this.#second) return;
    this.#second = second;
    this.#parameters = parametersOf(CALLER_COMPONENTS, second, this.#secretId);
    this.#input = `sluice=${this.#parameters}`;
  }

  /** The caller's JSON up to the operation. By identity: the gate keeps one object for each key. */
  #callerOf(caller: Caller): string {
    const known = this.#callers.get(caller);
    if (known !== undefined) return known;
    const json = `${asciiJson(caller).slice(0, -1)},`;
    this.#callers.set(caller, json);
    return json;
  }

  #operationOf(operation: string): string {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const json = `"operation":${asciiJson(operation)}}`;
    this.#operations.set(operation, json);
    return json;
  }
}

/** A header has no place for other characters; JSON can spell each of them. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
