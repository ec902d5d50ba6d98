// How a warning got through: each attempt, what the receiver answered, and one more now.

import { type ReactNode, useState } from "react";
import { Problem } from "../../../parts/asked.tsx";
import { Id } from "../../../parts/id.tsx";
import { Mark, StatusMark } from "../../../parts/mark.tsx";
import { count, duration } from "../../../parts/numbers.ts";
import { Time } from "../../../parts/time.tsx";
import type { Output } from "../../admin.ts";
import { useChange } from "../../change.ts";
import { useMay } from "../../may.ts";
import type { Warning } from "./warning.tsx";

type Attempt = Warning["attempts"][number];

export function Deliveries({ warning }: { readonly warning: Warning }): ReactNode {
  const { attempts, attemptCount } = warning;
  const newest = attempts.at(-1);
  return (
    <details>
      <summary>
        {newest === undefined ? "none" : <Outcome attempt={newest} />}
        {attemptCount > 1 && <span className="quiet"> of {count(attemptCount)}</span>}
      </summary>
      <div className="stack">
        <ol className="deliveries">
          {attempts.toReversed().map((attempt) => (
            <li key={attempt.atMs}>
              <OneAttempt attempt={attempt} />
            </li>
          ))}
        </ol>
        {attemptCount > attempts.length && (
          <p className="quiet">
            The newest {attempts.length} of {count(attemptCount)}.
          </p>
        )}
        <p>
          <Id id={warning.id} label="warning id" />
        </p>
        <SendAgain warning={warning} />
      </div>
    </details>
  );
}

function Outcome({ attempt: { status, error } }: { readonly attempt: Attempt }): ReactNode {
  if (status !== null) return <StatusMark status={status} />;
  return <Mark tone="bad">{error ?? "no answer"}</Mark>;
}

function OneAttempt({ attempt }: { readonly attempt: Attempt }): ReactNode {
  const { atMs, url, secretVersion, durationMs } = attempt;
  return (
    <>
      <Outcome attempt={attempt} /> <Time atMs={atMs} />, took {duration(durationMs)}
      <br />
      <span className="quiet">
        to <code>{url}</code>, signed with secret {secretVersion}
      </span>
    </>
  );
}

function SendAgain({ warning: { id, accountId } }: { readonly warning: Warning }): ReactNode {
  const { send, isSending, error } = useChange("sendWarning");
  const [sent, setSent] = useState<Output<"sendWarning">>();
  const mayWrite = useMay("write");
  if (!mayWrite) return undefined;
  const again = async () => setSent(await send({ params: { accountId, warningId: id } }));
  return (
    <>
      <button type="button" className="button" disabled={isSending} onClick={() => void again()}>
        {isSending ? "Sending …" : "Send again"}
      </button>
      {error !== undefined && <Problem error={error} />}
      {sent !== undefined && (
        <div className={`said ${sent.isDelivered ? "good" : "bad"}`} role="status">
          {sent.isDelivered ? "Delivered: " : "Not delivered: "}
          <OneAttempt attempt={sent.attempt} />
        </div>
      )}
    </>
  );
}
