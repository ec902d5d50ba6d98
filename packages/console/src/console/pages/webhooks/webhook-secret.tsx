// Gives a webhook a new signing secret, and shows it once.

import { type ReactNode, useState } from "react";
import { ShownOnce } from "../../../parts/shown-once.tsx";
import { Sure } from "../../../parts/sure.tsx";
import { useChange } from "../../change.ts";

export function WebhookSecret({ accountId }: { readonly accountId: string }): ReactNode {
  const rotating = useChange("rotateWarningSecret", ["getAccount", "listAccounts"]);
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="box stack" aria-label="Signing secret">
      <h2>Signing secret</h2>
      <p>
        It was shown when the webhook was set. Who has lost it, or fears for it, needs a new one.
      </p>
      <div className="row">
        <button type="button" className="button" onClick={() => setAsking(true)}>
          New secret
        </button>
      </div>
      <Sure
        title="Give it a new signing secret?"
        verb="New secret"
        isOpen={isAsking}
        isBusy={rotating.isPending}
        error={rotating.error}
        onClose={() => setAsking(false)}
        onYes={() =>
          rotating.mutate({ params: { accountId } }, { onSuccess: () => setAsking(false) })
        }
      >
        <p>
          The one before ends at once: until the receiver has the new one, it refuses what comes.
        </p>
      </Sure>
      <ShownOnce
        title="The webhook’s new signing secret"
        secret={rotating.data?.secret}
        onClose={() => rotating.reset()}
      >
        Give it to the customer: warnings are signed with it from now on.
      </ShownOnce>
    </section>
  );
}
