// An upstream that speaks HTTP, as the gate sees it: each work is one request with the caller signed into it, and what comes
// back is the answer, a refusal in the gate's vocabulary, or `unavailable`.

import { COST, REFUSE, type Refusal, refuse } from "sluice";
import { toldRefusal, type Upstream, type Work, type WorkDone } from "sluice/gate";
import { CallerSigner } from "../caller/sign.ts";
import { headerIn } from "./answer-head.ts";
import type { Arrival, Reception } from "./exchange.ts";
import { Exchanges } from "./exchanges.ts";
import { type OpenPath, type OpenPathOptions, openPathTo } from "./open-path.ts";
import { ticksIn } from "./quiet-watch.ts";
import { headersOfWork } from "./request-headers.ts";
import { UpstreamFailure } from "./upstream-failure.ts";
import { type GatedUpstreamOptions, upstreamSettings } from "./upstream-settings.ts";

export interface HttpUpstream extends Upstream {
  /** For paths that need no key, over the same connections. */
  openPath(options: OpenPathOptions): OpenPath;
  /** Requests under way, and waiting for a connection. */
  readonly load: { readonly busy: number; readonly waiting: number };
  /** Takes nothing more; resolves once what is under way has ended and every socket is closed. */
  close(): Promise<void>;
}

/** Soon enough to notice that it is back, too late to be a flood. */
const COME_BACK_MS = 1_000;

const REFUSE_NAME = REFUSE.toLowerCase();
const COST_NAME = COST.toLowerCase();

/**
 * @example
 * const upstream = createHttpUpstream({ url: "http://127.0.0.1:9000", secret: { id: "main", secret } });
 * const gate = createGate(api, { stores, upstream, pepper });
 */
export function createHttpUpstream(options: GatedUpstreamOptions): HttpUpstream {
  const settings = upstreamSettings(options);
  const { pathPrefix, clock, idleTimeoutMs } = settings;
  const { secret } = options;
  const signer = secret && new CallerSigner(secret, () => clock.wallMs());
  const exchanges = new Exchanges(settings);
  // The gate keeps the time until the head.
  const patience = { headTicksMax: Number.POSITIVE_INFINITY, idleTicksMax: ticksIn(idleTimeoutMs) };
  const whole: Reception = { ...patience, passes: "events" };
  const passed: Reception = { ...patience, passes: "ok" };

  const send = async (work: Work): Promise<WorkDone | Refusal> => {
    const { method, search, caller, operation, requestId } = work;
    const path = pathPrefix + work.path;
    const headers = headersOfWork(work, settings);
    signer?.push(headers, { method, path, search, caller, operation, requestId });
    const body = work.bodyBytes ?? work.passedBody;
    const exchange = exchanges.begin(
      { method, target: path + search, headers, body, upgrade: work.upgrade },
      work.needsWhole ? whole : passed,
    );
    const stopListening = work.onAbort((reason) => exchange.abandon(reason));
    try {
      return toWorkDone(await exchange.arrival);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      exchanges.tell(error);
      return refuse("unavailable", { retryAfterMs: COME_BACK_MS, by: "upstream" });
    } finally {
      stopListening();
    }
  };
  return {
    run: send,
    quote: send,
    openPath: (path) => openPathTo(exchanges, path),
    get load() {
      return exchanges.load;
    },
    close: () => exchanges.close(),
  };
}

function toWorkDone({ status, headers, body, length, trailers }: Arrival): WorkDone | Refusal {
  const told = headerIn(headers, REFUSE_NAME);
  const isPieces = typeof body === "object" && "next" in body;
  if (told !== undefined) {
    if (isPieces) body.cancel();
    return toldRefusal(told);
  }
  if (isPieces) return { status, headers, body, ...(length !== undefined && { length }) };
  // A cost may come behind the body; of an answer that is whole it is read among the headers.
  const cost = headerIn(trailers, COST_NAME);
  if (cost !== undefined) headers.push(COST_NAME, cost);
  return { status, headers, body };
}
