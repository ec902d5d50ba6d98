// Another name or plan for an account, and whether its subscription is active.

import { type ReactNode, useState } from "react";
import { TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { useChange } from "../../change.ts";
import { useMay } from "../../may.ts";
import { usePlans } from "../../plan-parts.ts";
import type { AccountShown } from "./account.tsx";
import { PlanField } from "./plan-field.tsx";

interface Props {
  readonly account: AccountShown;
}

export function PlanChange({ account }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false);
  if (!useMay("write")) return undefined;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Change name or plan
      </button>
      {isOpen && <PlanForm account={account} onClose={() => setOpen(false)} />}
    </>
  );
}

function PlanForm({ account, onClose }: Props & { readonly onClose: () => void }): ReactNode {
  const { id: accountId } = account;
  const [name, setName] = useState(account.name);
  const [plan, setPlan] = useState(account.plan);
  const plans = usePlans();
  const { send, wrong, isSending, otherwise } = useChange("changeAccount");
  const change = async () => {
    if ((await send({ params: { accountId }, body: { name, plan } })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title="Change name or plan"
      isOpen
      onClose={onClose}
      verb="Change"
      isSending={isSending}
      error={otherwise(["name", "plan"])}
      onSubmit={() => void change()}
    >
      <TextField
        label="Name"
        required
        value={name}
        onChange={({ target }) => setName(target.value)}
        wrong={wrong("name")}
      />
      <PlanField
        plans={plans}
        value={plan}
        onChoose={setPlan}
        wrong={wrong("plan")}
        hint="Limits and allowance follow at once; what is used and held stays."
      />
    </FormDialog>
  );
}

export function SubscriptionSwitch({ account }: Props): ReactNode {
  const { id: accountId, subscription } = account;
  const [isOpen, setOpen] = useState(false);
  const { send, isSending, error, reset } = useChange("changeAccount");
  if (!useMay("write")) return undefined;
  const isActive = subscription === "active";
  const verb = isActive ? "Make inactive" : "Make active";
  const change = async () => {
    const body = { subscription: isActive ? "inactive" : "active" } as const;
    if ((await send({ params: { accountId }, body })) !== undefined) setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => {
          reset();
          setOpen(true);
        }}
      >
        {verb}
      </button>
      <FormDialog
        title={isActive ? "Make the subscription inactive?" : "Make the subscription active?"}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        verb={verb}
        tone={isActive ? "bad" : "main"}
        isSending={isSending}
        error={error}
        onSubmit={() => void change()}
      >
        <p>
          {isActive
            ? `Every key of ${account.name} is refused from now on, until the subscription is active again.`
            : `The keys of ${account.name} work again from now on.`}
        </p>
      </FormDialog>
    </>
  );
}
