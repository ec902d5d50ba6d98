// One request explained: the way it went, what stopped it, when it passes, what its caller was told, what it cost, and the
// whole in words to send on.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { isApiError } from "sluice/client";
import { Asked } from "../../../parts/asked.tsx";
import { Id } from "../../../parts/id.tsx";
import "../../../styles/request.css";
import { useAdmin } from "../../admin.ts";
import { Beside } from "./beside.tsx";
import type { Explanation } from "./explanation.ts";
import { StepLine } from "./step-line.tsx";
import { Told } from "./told.tsx";
import { Verdict } from "./verdict.tsx";
import { WhoAndWhat } from "./who-and-what.tsx";
import { Words } from "./words.tsx";

const here = getRouteApi("/inside/requests/$requestId");

export function Request(): ReactNode {
  const { requestId } = here.useParams();
  const query = useAdmin("explainRequest", { params: { requestId } });
  if (query.data === undefined && isApiError(query.error) && query.error.status === 404) {
    return <Unknown requestId={requestId} />;
  }
  return <Asked query={query}>{(explanation) => <Explained explanation={explanation} />}</Asked>;
}

function Explained({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const { request, steps, told } = explanation;
  return (
    <article className="page request">
      <Where requestId={request.requestId} />
      <Verdict explanation={explanation} />
      <StepLine steps={steps} />
      <div className="columns">
        <Words sentences={explanation.sentences} words={explanation.words} />
        <Told told={told} />
        <WhoAndWhat request={request} cost={explanation.cost} />
        <Beside request={request} />
      </div>
    </article>
  );
}

function Where({ requestId }: { readonly requestId: string }): ReactNode {
  return (
    <nav className="crumbs" aria-label="Where">
      <Link to="/requests">Requests</Link>
      <Id id={requestId} label="request id" />
    </nav>
  );
}

function Unknown({ requestId }: { readonly requestId: string }): ReactNode {
  return (
    <div className="page">
      <Where requestId={requestId} />
      <h1>The log has no such request</h1>
      <p>
        It may be older than the log keeps, be of another gateway, or be mistyped. A request id is
        the <code>X-Request-Id</code> of an answer; an id of the caller’s own is looked for in{" "}
        <Link to="/requests" search={{ client: requestId }}>
          the client request ids
        </Link>
        .
      </p>
    </div>
  );
}
