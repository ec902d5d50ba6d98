// Gives a webhook a new signing secret, and shows it once.

import { type ReactNode, useState } from "react";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { ShownOnce } from "../../../parts/shown-once.tsx";
import { useChange } from "../../change.ts";

export function WebhookSecret({ accountId }: { readonly accountId: string }): ReactNode {
  const { send, isSending, error } = useChange("rotateWarningSecret");
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const rotate = async () => {
    const made = await send({ params: { accountId } });
    if (made === undefined) return;
    setAsking(false);
    setSecret(made.secret);
  };
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
      <FormDialog
        title="Give it a new signing secret?"
        verb="New secret"
        tone="bad"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        isSending={isSending}
        error={error}
        onSubmit={() => void rotate()}
      >
        <p>
          The one before ends at once: until the receiver has the new one, it refuses what comes.
        </p>
      </FormDialog>
      <ShownOnce
        title="The webhook’s new signing secret"
        secret={secret}
        onClose={() => setSecret(undefined)}
      >
        Give it to the customer: warnings are signed with it from now on.
      </ShownOnce>
    </section>
  );
}
