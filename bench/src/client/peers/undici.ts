/** undici's RetryAgent before a dispatcher that sends by the same `fetch` as everybody. */
import { Dispatcher, RetryAgent, type RetryHandler, request } from "undici";
import { type AnyFetch, type Call, initOf, type Peer, urlOf } from "../peer.ts";

const TUNING = { maxRetries: 4, maxTimeout: 120_000 } satisfies RetryHandler.RetryOptions;

export const undici: Peer = undiciWith("undici RetryAgent");

export const undiciTuned: Peer = {
  ...undiciWith("undici RetryAgent, tuned", TUNING),
  tuning: TUNING,
};

function undiciWith(name: string, options?: RetryHandler.RetryOptions): Peer {
  return {
    name,
    knows: "nothing",
    open({ fetch, deadlineMs }) {
      const dispatcher = new RetryAgent(new FetchDispatcher(fetch), options);
      const send = async (call: Call, signal?: AbortSignal) => {
        const { headers, body } = initOf(call);
        const { statusCode, body: answer } = await request(urlOf(call), {
          dispatcher,
          method: call.method,
          headers: headers as Record<string, string>,
          ...(typeof body === "string" && { body }),
          ...(signal && { signal }),
        });
        const text = await answer.text();
        if (statusCode >= 300) throw new Error(`HTTP ${statusCode}`);
        return text;
      };
      return {
        async send(call) {
          if (deadlineMs === undefined) return send(call);
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(new Error("too late")), deadlineMs);
          try {
            return await send(call, controller.signal);
          } finally {
            clearTimeout(timer);
          }
        },
      };
    },
  };
}

class FetchDispatcher extends Dispatcher {
  readonly #fetch: AnyFetch;

  constructor(fetch: AnyFetch) {
    super();
    this.#fetch = fetch;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
    void this.#send(options, handler);
    return true;
  }

  async #send(
    { origin, path, method, headers }: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): Promise<void> {
    const abort = new AbortController();
    const controller: Dispatcher.DispatchController = {
      get aborted() {
        return abort.signal.aborted;
      },
      get reason() {
        return abort.signal.reason ?? null;
      },
      paused: false,
      abort: (reason) => abort.abort(reason),
      pause: () => undefined,
      resume: () => undefined,
    };
    try {
      handler.onRequestStart?.(controller, null);
      const init = { method, headers: headers as Record<string, string>, signal: abort.signal };
      const response = await this.#fetch(`${origin}${path}`, init);
      handler.onResponseStart?.(controller, response.status, Object.fromEntries(response.headers));
      handler.onResponseData?.(controller, Buffer.from(await response.arrayBuffer()));
      handler.onResponseEnd?.(controller, {});
    } catch (error) {
      // From a socket the code is on the error itself.
      const { cause } = error as Error;
      handler.onResponseError?.(controller, (cause ?? error) as Error);
    }
  }
}
