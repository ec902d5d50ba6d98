// The proof that the money adds up: every balance told anew from its entries, for all accounts; and holds to look at.

import { type ReactNode, useState } from "react";
import { MINUTE_MS } from "sluice/base";
import { Problem } from "../../parts/asked.tsx";
import { count } from "../../parts/numbers.ts";
import { Time } from "../../parts/time.tsx";
import { admin, type Output } from "../admin.ts";
import { OddHolds } from "./odd-holds.tsx";

type Proof = Output<"auditLedger">;

interface Proved {
  readonly proof?: Proof;
  readonly error?: unknown;
  readonly atMs: number;
}

const PATIENCE_MS = 10 * MINUTE_MS;

export function Ledger(): ReactNode {
  const [isProving, setProving] = useState(false);
  const [proved, setProved] = useState<Proved>();
  const prove = async () => {
    setProving(true);
    try {
      const proof = await admin.call("auditLedger", {}, { totalMs: PATIENCE_MS });
      setProved({ proof, atMs: Date.now() });
    } catch (error) {
      setProved({ error, atMs: Date.now() });
    } finally {
      setProving(false);
    }
  };
  return (
    <div className="page">
      <header>
        <h1>Ledger</h1>
      </header>
      <section className="stack">
        <h2>Does the money add up?</h2>
        <p>
          Every balance, hold and budget is told anew from its entries, and compared with what the
          ledger believes. Over many entries it takes its time.
        </p>
        <p>
          <button
            type="button"
            className="button main"
            disabled={isProving}
            onClick={() => void prove()}
          >
            {isProving ? "Proving …" : "Prove it"}
          </button>
        </p>
        <div aria-live="polite">
          {proved !== undefined && !isProving && <Verdict {...proved} />}
        </div>
      </section>
      <OddHolds />
    </div>
  );
}

function Verdict({ proof, error, atMs }: Proved): ReactNode {
  if (proof === undefined) return <Problem error={error} />;
  if (proof.isClean) {
    return (
      <p className="said good">
        Clean: every credit is where it should be. <Time atMs={atMs} />
      </p>
    );
  }
  return (
    <div className="said bad stack">
      <p>
        Broken: {count(proof.brokenCount)} {proof.brokenCount === 1 ? "row" : "rows"} that should
        not be so. <Time atMs={atMs} />
      </p>
      <ul>
        {proof.broken.map((line) => (
          <li key={line}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
      {proof.brokenCount > proof.broken.length && (
        <p>These are the first {count(proof.broken.length)}.</p>
      )}
    </div>
  );
}
