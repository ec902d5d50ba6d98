/** The retries of the AWS SDK: its middleware around a `fetch`. */
import { HttpResponse } from "@smithy/core/protocols";
import { AdaptiveRetryStrategy, retryMiddleware, StandardRetryStrategy } from "@smithy/core/retry";
import { type Call, initOf, mayRepeat, type Peer, urlOf } from "../peer.ts";

const ATTEMPTS = 3;
const ONCE = new StandardRetryStrategy(1);
const TUNING = { strategy: "AdaptiveRetryStrategy", maxAttempts: 5, baseDelay: 200 };

export const smithy: Peer = smithyWith(
  "@smithy/core retry",
  ATTEMPTS,
  () => new StandardRetryStrategy(ATTEMPTS),
);

export const smithyTuned: Peer = {
  ...smithyWith(
    "@smithy/core retry, tuned",
    TUNING.maxAttempts,
    () => new AdaptiveRetryStrategy(TUNING.maxAttempts, TUNING),
    (call) => !mayRepeat(call),
  ),
  tuning: { ...TUNING, once: "what may not be repeated" },
};

type Options = Parameters<typeof retryMiddleware>[0];

function smithyWith(
  name: string,
  attempts: number,
  newStrategy: () => StandardRetryStrategy | AdaptiveRetryStrategy,
  isOnce: (call: Call) => boolean = () => false,
): Peer {
  return {
    name,
    knows: "nothing",
    open({ fetch, deadlineMs }) {
      const strategy = newStrategy();
      const send = (call: Call, signal?: AbortSignal) => {
        const options = {
          maxAttempts: async () => attempts,
          retryStrategy: async () => (isOnce(call) ? ONCE : strategy),
        } as Options;
        const once = async () => {
          const init = { ...initOf(call), ...(signal && { signal }) };
          const response = await fetch(urlOf(call), init);
          const text = await response.text();
          if (!response.ok) throw refusalOf(response);
          return { response, output: { $metadata: {}, text } };
        };
        return retryMiddleware(options)(once, {})({ input: {}, request: undefined });
      };
      return {
        async send(call) {
          if (deadlineMs === undefined) return send(call);
          const controller = new AbortController();
          const late = new Promise<never>((_, reject) => {
            controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
          });
          const timer = setTimeout(() => controller.abort(new Error("too late")), deadlineMs);
          try {
            return await Promise.race([send(call, controller.signal), late]);
          } finally {
            clearTimeout(timer);
          }
        },
      };
    },
  };
}

/** As the SDK's deserialisers throw it. */
function refusalOf({ status, headers }: Response): Error {
  return Object.assign(new Error(`HTTP ${status}`), {
    $metadata: { httpStatusCode: status },
    $response: new HttpResponse({ statusCode: status, headers: Object.fromEntries(headers) }),
  });
}
