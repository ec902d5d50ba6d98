/** The gate as a web `fetch` handler: `Request` in, `Response` out. For Bun, Deno, Workers and frameworks. */
import { atEndOfTurn } from "../base/index.ts";
import type { Gate } from "../gate/index.ts";
import { FetchCall } from "./fetch-call.ts";
import { responseFrom } from "./fetch-response.ts";
import { checkMount } from "./mount.ts";

export interface FetchAdapterOptions {
  /** The path under which the API is mounted; cut off before the gate looks. @default "" */
  readonly mount?: string;
  /** The address of the client, where the runtime knows it. @default unknown: all share one */
  readonly addressOf?: (request: Request) => string;
}

/**
 * @example
 * Bun.serve({ fetch: createFetchHandler(gate) });
 */
export function createFetchHandler(
  gate: Pick<Gate, "handle">,
  options: FetchAdapterOptions = {},
): (request: Request) => Promise<Response> {
  const mount = checkMount(options.mount);
  return async (request) => {
    const address = options.addressOf?.(request) ?? "unknown";
    const answer = await gate.handle(new FetchCall(request, mount, address));
    await new Promise<void>(atEndOfTurn);
    return responseFrom(answer, request.method);
  };
}
