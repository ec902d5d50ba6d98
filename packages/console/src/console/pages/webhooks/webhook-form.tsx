// Sets where an account hears, and at how much.

import { type FormEvent, type ReactNode, useState } from "react";
import { TextField } from "../../../parts/field.tsx";
import { ShownOnce } from "../../../parts/shown-once.tsx";
import { Submit } from "../../../parts/submit.tsx";
import { Sure } from "../../../parts/sure.tsx";
import type { Output } from "../../admin.ts";
import { otherwiseWrong, useChange, wrongWith } from "../../change.ts";

export interface WebhookFormProps {
  readonly accountId: string;
  readonly warnings: Output<"getAccount">["warnings"];
}

const touches = ["getAccount", "listAccounts"] as const;
/** What is no number becomes none that the API takes, which then says so. */
const numbersIn = (text: string): number[] =>
  text
    .split(/[\s,%]+/)
    .filter(Boolean)
    .map(Number);

export function WebhookForm({ accountId, warnings }: WebhookFormProps): ReactNode {
  const setting = useChange("setWarnings", touches);
  const { error } = setting;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = new FormData(event.currentTarget);
    const percents = numbersIn(String(asked.get("percents")));
    setting.mutate({
      params: { accountId },
      body: {
        url: String(asked.get("url")).trim(),
        percents: percents.length > 0 ? percents : null,
      },
    });
  };
  return (
    <form className="box stack" aria-label="Set the webhook" onSubmit={submit}>
      <h2>{warnings === null ? "Set a webhook" : "Change the webhook"}</h2>
      <TextField
        label="Receiver"
        name="url"
        type="url"
        required
        maxLength={2_000}
        defaultValue={warnings?.url}
        placeholder="https://"
        wrong={wrongWith(error, "url")}
      />
      <TextField
        label="Warned at, in percent"
        name="percents"
        defaultValue={warnings?.percents?.join(", ")}
        hint="Such as 50, 75, 90, 100. Empty: those of the contract."
        wrong={wrongWith(error, "percents")}
      />
      <Submit
        verb={warnings === null ? "Set" : "Change"}
        isBusy={setting.isPending}
        error={otherwiseWrong(error, ["url", "percents"])}
      >
        {warnings !== null && <Removal accountId={accountId} />}
        {setting.isSuccess && <span role="status">Set.</span>}
      </Submit>
      <ShownOnce
        title="The webhook’s signing secret"
        secret={setting.data?.secret ?? undefined}
        onClose={() => setting.reset()}
      >
        Give it to the customer: their receiver verifies with it that a warning is from you.
      </ShownOnce>
    </form>
  );
}

function Removal({ accountId }: { readonly accountId: string }): ReactNode {
  const removing = useChange("removeWarnings", touches);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="button bad" onClick={() => setAsking(true)}>
        Remove
      </button>
      <Sure
        title="Remove the webhook?"
        verb="Remove"
        isOpen={isAsking}
        isBusy={removing.isPending}
        error={removing.error}
        onClose={() => setAsking(false)}
        onYes={() =>
          removing.mutate({ params: { accountId } }, { onSuccess: () => setAsking(false) })
        }
      >
        <p>
          Warnings are then only listed. One that is set later has another secret, so the customer’s
          receiver must learn it.
        </p>
      </Sure>
    </>
  );
}
