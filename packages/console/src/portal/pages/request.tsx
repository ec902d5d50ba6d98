// One request: what happened to it in plain words, what refused it and when it would pass, and what was answered.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../parts/asked.tsx";
import { Copy, Id } from "../../parts/id.tsx";
import { Mark, StatusMark } from "../../parts/mark.tsx";
import { credits, duration } from "../../parts/numbers.ts";
import { Ago, Time } from "../../parts/time.tsx";
import { type Output, usePortal } from "../asking.ts";

type Explanation = Output<"explainRequest">;

const here = getRouteApi("/inside/requests/$requestId");

export function Request(): ReactNode {
  const { requestId } = here.useParams();
  const query = usePortal("explainRequest", { params: { requestId } });
  return (
    <div className="page">
      <header>
        <h1>Request</h1>
        <Link to="/requests">All requests</Link>
      </header>
      <Asked query={query}>
        {(explanation) => (
          <>
            <Words explanation={explanation} />
            <div className="halves">
              <Facts explanation={explanation} />
              <Told explanation={explanation} />
            </div>
          </>
        )}
      </Asked>
    </div>
  );
}

function Words({ explanation: { sentences, words, refusal } }: Shown): ReactNode {
  return (
    <section className={refusal === null ? "said" : "said warn"} aria-labelledby="words">
      <h2 id="words">What happened</h2>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>
        <Copy text={words} label="these words" />
      </p>
    </section>
  );
}

interface Shown {
  readonly explanation: Explanation;
}

function Facts({ explanation: { request, refusal, cost } }: Shown): ReactNode {
  return (
    <section className="box" aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <dl className="facts">
        <dt>Request id</dt>
        <dd>
          <Id id={request.requestId} label="request id" />
        </dd>
        {request.clientRequestId !== null && (
          <>
            <dt>Your own id</dt>
            <dd>
              <Id id={request.clientRequestId} label="your own id" />
            </dd>
          </>
        )}
        <dt>When</dt>
        <dd>
          <Time atMs={request.atMs} />
        </dd>
        <dt>Took</dt>
        <dd>{duration(request.durationMs)}</dd>
        <dt>What</dt>
        <dd>
          <code>
            {request.method} {request.path}
          </code>
        </dd>
        <dt>Key</dt>
        <dd>
          {request.keyId !== null && <Id id={request.keyId} label="key id" />}{" "}
          {request.isOlderSecret && <Mark tone="warn">older secret</Mark>}
        </dd>
        <dt>From</dt>
        <dd>
          <code>{request.address}</code>
        </dd>
        <dt>Cost</dt>
        <dd>{cost.state === "nothing" ? "nothing" : `${credits(cost.credits)} ${cost.state}`}</dd>
        {refusal?.scope && (
          <>
            <dt>Refused by</dt>
            <dd>{refusal.scope}</dd>
          </>
        )}
        {refusal?.passesAtMs && (
          <>
            <dt>Passes</dt>
            <dd>
              <Time atMs={refusal.passesAtMs} /> (<Ago atMs={refusal.passesAtMs} />)
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Told({ explanation: { told } }: Shown): ReactNode {
  return (
    <section className="box stack" aria-labelledby="told">
      <h2 id="told">The answer</h2>
      {told.status !== null && (
        <p className="row">
          <StatusMark status={told.status} /> {told.code !== null && <code>{told.code}</code>}
        </p>
      )}
      {told.headers.length > 0 && (
        <pre className="wrapped">
          {told.headers.map(({ name, value }) => `${name}: ${value}`).join("\n")}
        </pre>
      )}
      {told.body === null ? (
        <p className="quiet">{told.bodyMissing}</p>
      ) : (
        <pre className="wrapped">{told.body}</pre>
      )}
    </section>
  );
}
