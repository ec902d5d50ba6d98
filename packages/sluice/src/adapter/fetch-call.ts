/** A web `Request` as the gate sees it. */
import { readBytes } from "../base/index.ts";
import type { BodyRead, Call, PassedBody } from "../gate/index.ts";
import { belowMount } from "./mount.ts";

/** Reads from the request only what it is asked for: servers make `Request` lazily, its signal last of all. */
export class FetchCall implements Call {
  readonly #request: Request;
  readonly target: string;
  readonly address: string;

  constructor(request: Request, mount: string, address: string) {
    this.#request = request;
    this.address = address;
    const { url } = request;
    const path = url.indexOf("/", url.indexOf("://") + 3);
    const hash = url.indexOf("#", path);
    this.target = belowMount(mount, url.slice(path, hash < 0 ? undefined : hash));
  }

  get method(): string {
    return this.#request.method;
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }

  headers(): Iterable<readonly [string, string]> {
    return this.#request.headers;
  }

  async readBody(bytesMax: number): Promise<BodyRead> {
    try {
      const bytes = this.#isShort(bytesMax)
        ? new Uint8Array(await this.#request.arrayBuffer())
        : await readBytes(this.#request.body, bytesMax);
      const fits = bytes !== undefined && bytes.length <= bytesMax;
      return fits ? { kind: "bytes", bytes } : { kind: "too_large" };
    } catch {
      return { kind: "aborted" };
    }
  }

  openBody(): PassedBody {
    const length = this.header("content-length");
    const reader = this.#request.body?.getReader();
    return {
      length: length === undefined ? undefined : Number(length),
      next: async () => (await reader?.read())?.value,
      cancel: (reason) => void reader?.cancel(reason).catch(() => undefined),
    };
  }

  /** A server reads no more than the length that was declared, and at once is much cheaper than as a stream. */
  #isShort(bytesMax: number): boolean {
    const declared = this.header("content-length");
    return declared !== undefined && /^\d+$/.test(declared) && Number(declared) <= bytesMax;
  }

  get aborted(): boolean {
    return this.#request.signal.aborted;
  }

  onAbort(listener: () => void): () => void {
    const { signal } = this.#request;
    signal.addEventListener("abort", listener, { once: true });
    return () => signal.removeEventListener("abort", listener);
  }
}
