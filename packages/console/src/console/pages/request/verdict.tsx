// What became of the request, first: in a heading, in one sentence, and in what to do and when.

import type { ReactNode } from "react";
import { Countdown } from "../../../parts/countdown.tsx";
import { Mark, StatusMark, type Tone } from "../../../parts/mark.tsx";
import { duration } from "../../../parts/numbers.ts";
import { Time } from "../../../parts/time.tsx";
import type { Explanation } from "./explanation.ts";

const headings: Readonly<Record<Explanation["request"]["ending"], string>> = {
  done: "It went through",
  refused: "Refused",
  fault: "Failed on our side",
  replayed: "Answered again from before",
  abandoned: "The caller left",
};

const tones: Readonly<Record<Explanation["request"]["ending"], Tone>> = {
  done: "good",
  refused: "warn",
  fault: "bad",
  replayed: "good",
  abandoned: "plain",
};

const actions: Readonly<Record<string, string>> = {
  wait: "Wait, then send it again",
  top_up: "Add credits, or raise the budget",
  upgrade: "Change the plan",
  fix_request: "Change the request",
  rotate_key: "Use another key",
  contact: "Contact support",
};

export function Verdict({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const { request, refusal } = explanation;
  const { condition, ending, durationMs, simulated, degraded } = request;
  return (
    <header className={`verdict ${tones[ending]}`}>
      <h1>
        {headings[ending]}
        {refusal !== null && (
          <>
            {" in "}
            <em>{refusal.step}</em>
          </>
        )}
        {condition !== null && (
          <>
            {": "}
            <code>{condition}</code>
          </>
        )}
      </h1>
      <p className="row">
        <StatusMark status={request.status} />
        {request.code !== null && <code>{request.code}</code>}
        <code className="asked">
          {request.method} {request.path}
        </code>
        {simulated && <Mark tone="accent">simulated by a test key</Mark>}
        {degraded !== null && <Mark tone="warn">degraded: {degraded}</Mark>}
      </p>
      <p className="quiet">
        <Time atMs={request.atMs} />, after {duration(durationMs)}
      </p>
      {refusal !== null && <Refusal refusal={refusal} />}
    </header>
  );
}

function Refusal({
  refusal,
}: {
  readonly refusal: NonNullable<Explanation["refusal"]>;
}): ReactNode {
  const { means, scope, by, action, passesAtMs } = refusal;
  const who = scope ?? by;
  return (
    <>
      <p className="means">{means}</p>
      <dl className="answers">
        {who !== null && (
          <div>
            <dt>Refused by</dt>
            <dd>{who}</dd>
          </div>
        )}
        <div>
          <dt>It passes</dt>
          <dd>
            {passesAtMs === null ? (
              "not by waiting alone"
            ) : (
              <Countdown
                toMs={passesAtMs}
                over={
                  <>
                    <strong>now</strong>, since <Time atMs={passesAtMs} />
                  </>
                }
              />
            )}
          </dd>
        </div>
        {action !== null && (
          <div>
            <dt>What to do</dt>
            <dd>{actions[action] ?? action}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
