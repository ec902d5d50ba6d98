// The nine steps of the gate as a line: how far the request came, where it stopped, and the numbers of each step at that moment.

import type { ReactNode } from "react";
import type { Explanation } from "./explanation.ts";
import { factsOf } from "./step-facts.ts";

type Step = Explanation["steps"][number];

/** What a step looks at, for whoever sees the line for the first time. */
const questions: Readonly<Record<Step["step"], string>> = {
  match: "Which operation is it?",
  identify: "Whose key is it?",
  admit: "Is there room in every window and slot?",
  authorise: "May this plan and key do it?",
  validate: "Is the request as the contract wants it?",
  reserve: "Are there credits for it?",
  run: "The work itself",
  settle: "What does it cost?",
  respond: "One answer, one row in the log",
};

const words: Readonly<Record<Step["verdict"], string>> = {
  passed: "passed",
  "not reached": "not reached",
  refused: "refused here",
  fault: "failed here",
  replayed: "answered from before",
  abandoned: "caller left here",
};

export function StepLine({ steps }: { readonly steps: readonly Step[] }): ReactNode {
  return (
    <section aria-labelledby="steps-title">
      <h2 id="steps-title" className="only-read">
        The nine steps
      </h2>
      <ol className="steps">
        {steps.map((step) => (
          <OneStep key={step.step} step={step} />
        ))}
      </ol>
    </section>
  );
}

function OneStep({ step: { step, verdict, facts } }: { readonly step: Step }): ReactNode {
  const shown = factsOf(facts);
  return (
    <li className={`step ${verdict.replace(" ", "-")}`}>
      <span className="dot" aria-hidden="true">
        <Sign verdict={verdict} />
      </span>
      <h3 title={questions[step]}>{step}</h3>
      <p className="said-of">{words[verdict]}</p>
      {shown.length > 0 && (
        <dl>
          {shown.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function Sign({ verdict }: { readonly verdict: Step["verdict"] }): ReactNode {
  if (verdict === "not reached") return undefined;
  const isThrough = verdict === "passed" || verdict === "replayed";
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      <path d={isThrough ? "M2.5 6.4 5 8.8 9.5 3.6" : "M3 3l6 6M9 3l-6 6"} />
    </svg>
  );
}
