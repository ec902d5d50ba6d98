// What the internal listener answers: for the operator and for upstreams, on an address that callers cannot reach. It stands
// behind a door like any other, and so within the same bounds.

import type { Refuser } from "sluice/adapter/node";
import type { Answer, Call } from "sluice/gate";
import type { Readiness } from "../lifecycle/readiness.ts";
import { answerHealth } from "./health.ts";
import { answerJobEnd, type JobEndsParts } from "./job-ends.ts";
import { no, pathOf, readOnly } from "./json-answer.ts";

export interface InternalParts extends JobEndsParts {
  readonly readiness: Readiness;
  /** The text that Prometheus reads, and its type; undefined where nothing is counted. */
  readonly metrics: (() => Promise<MetricsText>) | undefined;
  /** The admin API, whose paths begin with {@link ADMIN_PATH}; undefined where it is off. */
  readonly admin: ((call: Call) => Promise<Answer>) | undefined;
  /** The console, which leaves paths that are not its own; undefined where it is off. */
  readonly console: ((call: Call) => Promise<Answer> | undefined) | undefined;
}

export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

export const ADMIN_PATH = "/admin/v1";

const jobPath = /^\/jobs\/([^/]+)$/;

/** For a door's `answer`. */
export function createInternalAnswers(parts: InternalParts): (call: Call) => Promise<Answer> {
  return async (call) => {
    try {
      return await answer(call, parts);
    } catch (error) {
      parts.onFault(error);
      return no(500, "Something failed; the log says what.");
    }
  };
}

async function answer(call: Call, parts: InternalParts): Promise<Answer> {
  const health = answerHealth(call, parts.readiness);
  if (health !== undefined) return health;
  const path = pathOf(call);
  const jobId = jobPath.exec(path)?.[1];
  if (jobId !== undefined) return answerJobEnd(call, jobId, parts);
  const { metrics, admin } = parts;
  if (admin !== undefined && (path === ADMIN_PATH || path.startsWith(`${ADMIN_PATH}/`))) {
    return admin(call);
  }
  const page = parts.console?.(call);
  if (page !== undefined) return page;
  if (path === "/metrics" && metrics !== undefined) {
    return readOnly(call, async () => {
      const { contentType, text } = await metrics();
      return { status: 200, headers: ["Content-Type", contentType], body: text };
    });
  }
  return no(
    404,
    "Here are /healthz, /readyz, /jobs/{requestId}, and where they are on: /metrics, /admin/v1, /console.",
  );
}

const reasons = {
  malformed_request: [400, "This is no HTTP request that can be read in one way only."],
  headers_too_large: [431, "These are more headers than are read."],
  request_timeout: [408, "The request did not come in time."],
} as const;

/** For a door's `unreadable`. */
export const internalUnreadable: Refuser["unreadable"] = (condition) => {
  const [status, error] = reasons[condition];
  return no(status, error);
};
