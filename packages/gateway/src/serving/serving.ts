// What answers right now: all APIs of one configuration behind one front. A reload makes another one beside it.

import { systemClock } from "sluice/base";
import type { Gate, JobEnded, JobOutcome } from "sluice/gate";
import { jobEndCheck } from "../internal/job-end-reasons.ts";
import type { VerifySigned } from "../internal/job-ends.ts";
import type { GatewaySettings } from "../settings.ts";
import { type Beside, createFront, type Front } from "./front.ts";
import { type ServedApi, type Surroundings, serveApi } from "./served-api.ts";

export interface Serving {
  readonly settings: GatewaySettings;
  readonly apis: readonly ServedApi[];
  readonly front: Front;
  /** Any one will do where all share what they have. */
  readonly first: Gate;
  /** Requests that are under way now, streams included. */
  readonly underWay: number;
  /** Whether the report of a job's end is believed; undefined where no upstream shares a secret. */
  readonly verifyJobEnd: VerifySigned | undefined;
  /** Ends a job of any of the APIs: only its own gate knows of one whose call is not over yet. */
  endJob(requestId: string, outcome: JobOutcome): Promise<JobEnded>;
  /** Resolves once everything that is under way has come to its end. */
  close(): Promise<void>;
}

/** What is beside the APIs, and lets go of what it has. */
export interface ServedBeside extends Beside {
  close(): Promise<void>;
}

/** @param besideFor what is answered beside the APIs, given which paths they claim. */
export function serveAll(
  settings: GatewaySettings,
  around: Surroundings,
  besideFor: (claims: (path: string) => boolean) => ServedBeside,
): Serving {
  const apis = settings.apis.map((api) => serveApi(api, around));
  const [first, ...others] = apis;
  if (first === undefined) throw new Error("a gateway needs an API");
  const beside = besideFor((path) => apis.some((api) => api.claims(path)));
  return {
    settings,
    apis,
    front: createFront(first, others, beside),
    first: first.gate,
    get underWay() {
      return apis.reduce((sum, { gate }) => sum + gate.underWay, 0);
    },
    verifyJobEnd: jobEndCheck(settings.secrets, () => systemClock.wallMs()),
    async endJob(requestId, outcome) {
      for (const { gate } of apis) {
        const ended = await gate.jobs.end(requestId, outcome);
        if (ended.kind !== "unknown") return ended;
      }
      return { kind: "unknown" };
    },
    async close() {
      await Promise.all([...apis, beside].map((one) => one.close()));
    },
  };
}
