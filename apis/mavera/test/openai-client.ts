// The OpenAI SDK as customers use it: unmodified, and told nothing but where Mavera is.

import OpenAI, { APIError } from "openai";
import { vi } from "vitest";
import type { LiveApi } from "./live-api.ts";

interface ClientOptions {
  readonly key?: string;
  readonly maxRetries?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function clientOf(api: LiveApi, options: ClientOptions = {}): OpenAI {
  const { key = api.keys.starter, maxRetries = 0, headers = {} } = options;
  return new OpenAI({ apiKey: key, baseURL: api.url, maxRetries, defaultHeaders: headers });
}

/** The error that the SDK throws. */
export async function thrownBy(work: () => PromiseLike<unknown>): Promise<APIError> {
  const thrown = await Promise.resolve(work()).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof APIError) return thrown;
  throw new Error(`expected an APIError, got ${String(thrown)}`);
}

/** What an error of the SDK's says, without the request id. */
export function shownBy({ status, type, code, param, message }: APIError) {
  return { status, type, code, param, message };
}

/** Every wait of the SDK is one of the API's clock, which moves by just as much; gives the waits, as they come. */
export function waitInVirtualTime({ clock }: LiveApi): readonly number[] {
  const waits: number[] = [];
  const realTimeout = globalThis.setTimeout;
  const virtual = (callback: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
    if (!isWaitOfSdk()) return realTimeout(callback, ms, ...given);
    waits.push(ms);
    void clock.advance(ms).then(() => callback(...given));
    return undefined;
  };
  vi.stubGlobal("setTimeout", virtual);
  return waits;
}

/** Others use the same timers: the SDK itself to give up at last, and `fetch`. */
function isWaitOfSdk(): boolean {
  return /openai\/internal\/utils\/sleep/.test(new Error().stack ?? "");
}
