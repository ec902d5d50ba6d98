// Sets where an account hears, and at how much.

import { type ReactNode, useState } from "react";
import { TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { ShownOnce } from "../../../parts/shown-once.tsx";
import { Submit } from "../../../parts/submit.tsx";
import type { Output } from "../../admin.ts";
import { useChange } from "../../change.ts";

export interface WebhookFormProps {
  readonly accountId: string;
  readonly warnings: Output<"getAccount">["warnings"];
}

/** What is no number becomes none that the API takes, which then says so. */
const numbersIn = (text: string): number[] =>
  text
    .split(/[\s,%]+/)
    .filter(Boolean)
    .map(Number);

export function WebhookForm({ accountId, warnings }: WebhookFormProps): ReactNode {
  const { send, wrong, isSending, otherwise } = useChange("setWarnings");
  const [made, setMade] = useState<Output<"setWarnings">>();
  const set = async (form: HTMLFormElement) => {
    const asked = new FormData(form);
    const percents = numbersIn(String(asked.get("percents")));
    const url = String(asked.get("url")).trim();
    const body = { url, percents: percents.length > 0 ? percents : null };
    setMade(await send({ params: { accountId }, body }));
  };
  return (
    <form
      className="box stack"
      aria-label="Set the webhook"
      onSubmit={(event) => {
        event.preventDefault();
        void set(event.currentTarget);
      }}
    >
      <h2>{warnings === null ? "Set a webhook" : "Change the webhook"}</h2>
      <TextField
        label="Receiver"
        name="url"
        type="url"
        required
        maxLength={2_000}
        defaultValue={warnings?.url}
        placeholder="https://"
        wrong={wrong("url")}
      />
      <TextField
        label="Warned at, in percent"
        name="percents"
        defaultValue={warnings?.percents?.join(", ")}
        hint="Such as 50, 75, 90, 100. Empty: those of the contract."
        wrong={wrong("percents")}
      />
      <Submit
        verb={warnings === null ? "Set" : "Change"}
        isSending={isSending}
        error={otherwise(["url", "percents"])}
      >
        {warnings !== null && <Removal accountId={accountId} />}
        {made !== undefined && <span role="status">Set.</span>}
      </Submit>
      <ShownOnce
        title="The webhook’s signing secret"
        secret={made?.secret ?? undefined}
        onClose={() => setMade(undefined)}
      >
        Give it to the customer: their receiver verifies with it that a warning is from you.
      </ShownOnce>
    </form>
  );
}

function Removal({ accountId }: { readonly accountId: string }): ReactNode {
  const { send, isSending, error } = useChange("removeWarnings");
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    if ((await send({ params: { accountId } })) !== undefined) setAsking(false);
  };
  return (
    <>
      <button type="button" className="button bad" onClick={() => setAsking(true)}>
        Remove
      </button>
      <FormDialog
        title="Remove the webhook?"
        verb="Remove"
        tone="bad"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        isSending={isSending}
        error={error}
        onSubmit={() => void remove()}
      >
        <p>
          Warnings are then only listed. One that is set later has another secret, so the customer’s
          receiver must learn it.
        </p>
      </FormDialog>
    </>
  );
}
