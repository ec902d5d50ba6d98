/** Before: p-retry repeats, cockatiel stops asking a server that is down, and what may be repeated is written by hand. */
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import pRetry from "p-retry";

class HttpError extends Error {
  readonly status: number;
  readonly retryAfterMs: number;

  constructor(response: Response) {
    super(`HTTP ${response.status}`);
    this.status = response.status;
    this.retryAfterMs = Number(response.headers.get("retry-after") ?? 0) * 1_000;
  }
}

const isRefusal = (error: unknown) => error instanceof HttpError && error.status < 500;
const mayPass = (error: unknown) =>
  !(error instanceof BrokenCircuitError) &&
  (!isRefusal(error) || (error as HttpError).status === 429);

export function createCaller(baseUrl: string, apiKey: string) {
  const breaker = circuitBreaker(
    handleWhen((error) => !isRefusal(error)),
    { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) },
  );
  const send = async (path: string, init: RequestInit): Promise<unknown> => {
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    const response = await fetch(baseUrl + path, { ...init, headers });
    if (!response.ok) throw new HttpError(response);
    return response.json();
  };
  const patient = (work: () => Promise<unknown>) =>
    pRetry(() => breaker.execute(work), {
      retries: 2,
      minTimeout: 200,
      randomize: true,
      shouldRetry: ({ error }) => mayPass(error),
      onFailedAttempt: async ({ error }) => {
        const waitMs = error instanceof HttpError ? error.retryAfterMs : 0;
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      },
    });
  return {
    hello: () => patient(() => send("/hello", { method: "GET" })),
    // Not repeated: when its answer got lost, the note may have been kept.
    note: (text: string) => send("/notes", { method: "POST", body: JSON.stringify({ text }) }),
  };
}
