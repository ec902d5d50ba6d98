/** Rate limits: what the one trace of a window shows, promise by promise. */
import type { AnyApi } from "sluice";
import { type ApiPromise, type Fault, findingOf, notProvoked } from "../promise.ts";
import {
  atOnceFaults,
  headerFaults,
  limitFaults,
  refusalFaults,
  refusedCountedFaults,
  retryAfterFaults,
  secondKeyFaults,
  slidingFaults,
} from "../rate/judge.ts";
import { type Trace, traceOf } from "../rate/trace.ts";
import { costInWords, windowOf } from "../rate/window.ts";
import type { Session } from "../session.ts";

interface Rule {
  readonly id: string;
  readonly says: string;
  isMade?(api: AnyApi): boolean;
  /** How many answers of a trace show it; none where it was too slow, or was not tried. */
  answersIn(trace: Trace): number;
  judge(trace: Trace, session: Session): readonly Fault[];
  readonly needsSecond?: true;
}

const hasWindows = ({ wire }: AnyApi) => Object.keys(wire.windows).length > 0;

const rules: readonly Rule[] = [
  {
    id: "rate.limit",
    says: "Exactly as many requests pass in a window as the contract says.",
    answersIn: ({ burst }) => burst.length,
    judge: limitFaults,
  },
  {
    id: "rate.refusal",
    says: "A full window is refused as the catalogue says.",
    answersIn: ({ refused }) => (refused === undefined ? 0 : 1),
    judge: refusalFaults,
  },
  {
    id: "rate.at-once",
    says: "Requests that come at once pass no more often than one after the other.",
    answersIn: ({ atOnce }) => atOnce.length,
    judge: atOnceFaults,
  },
  {
    id: "rate.sliding",
    says: "A window slides: twice the limit cannot pass around the edge of two.",
    answersIn: ({ edge }) => edge.length,
    judge: slidingFaults,
  },
  {
    id: "rate.refused-not-counted",
    says: "A refused request is not counted.",
    answersIn: ({ afterRefusals, refusedMeanwhile }) =>
      afterRefusals === undefined || refusedMeanwhile === 0 ? 0 : refusedMeanwhile + 1,
    judge: refusedCountedFaults,
  },
  {
    id: "rate.retry-after",
    says: "Retry-After is true: the same request passes then, and not more than a second earlier.",
    answersIn: ({ early, onTime }) => [early, onTime].filter(Boolean).length,
    judge: (trace, session) => retryAfterFaults(session, trace),
  },
  {
    id: "rate.headers",
    says: "The rate headers are true: the limit, what is left, and when there is more.",
    isMade: ({ wire }) => wire.headers.rateLimit !== "none",
    answersIn: ({ burst }) => burst.length,
    judge: headerFaults,
  },
  {
    id: "rate.owner",
    says: "A window belongs to the key or to the account, as the contract says.",
    answersIn: ({ second }) => (second === undefined ? 0 : 1),
    judge: secondKeyFaults,
    needsSecond: true,
  },
];

export const ratePromises: readonly ApiPromise[] = rules.map((rule) => ({
  id: rule.id,
  group: "Rate limits",
  says: rule.says,
  needs: [{ key: "main" }, ...(rule.needsSecond ? [{ key: "second" } as const] : [])],
  isMade: (api) => hasWindows(api) && (rule.isMade?.(api) ?? true),
  async probe(session) {
    const trace = await tracedOnce(session);
    if (typeof trace === "string") return notProvoked(trace);
    return findingOf(
      rule.judge(trace, session),
      rule.answersIn(trace),
      "an API that answers faster",
    );
  },
}));

/** Text where the window may not be filled: what that would need. */
function tracedOnce(session: Session): Promise<Trace | string> {
  return session.remember("trace", async () => {
    const measured = await windowOf(session);
    if (typeof measured === "string") return measured;
    const { may } = session.target;
    const isShort = measured.windowMs <= session.bounds.shortWindowMs;
    if (!isShort && !may.has("exhaust")) {
      return `--exhaust, which ${costInWords(measured)}`;
    }
    session.say(costInWords(measured));
    return traceOf(session, measured);
  });
}
