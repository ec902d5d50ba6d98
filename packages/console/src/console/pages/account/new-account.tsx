// A new account: on a plan of a contract, with an id of its own or one that is made up.

import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { usePlans } from "../../plan-parts.ts";
import { useSubmit } from "../../submit.ts";
import { PlanOptions } from "./plan-options.tsx";

export function NewAccount(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button main" onClick={() => setOpen(true)}>
        New account
      </button>
      {isOpen && <Form onClose={() => setOpen(false)} />}
    </>
  );
}

function Form({ onClose }: { readonly onClose: () => void }): ReactNode {
  const plans = usePlans();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [id, setId] = useState("");
  const [chosen, choose] = useState("");
  const { send, wrong, ...submit } = useSubmit("createAccount");
  const plan = chosen || (plans[0]?.name ?? "");
  const create = async () => {
    const made = await send({ body: { name, plan, ...(id !== "" && { id }) } });
    if (made === undefined) return;
    onClose();
    await navigate({ to: "/accounts/$accountId", params: { accountId: made.id } });
  };
  const fields = { name: wrong("name"), plan: wrong("plan"), id: wrong("id") };
  const isSaid = Object.values(fields).some((said) => said !== undefined);
  return (
    <FormDialog
      title="New account"
      isOpen
      onClose={onClose}
      verb="Create"
      isSending={submit.isSending}
      error={isSaid ? undefined : submit.error}
      onSubmit={() => void create()}
    >
      <TextField
        label="Name"
        required
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
        wrong={fields.name}
      />
      <SelectField
        label="Plan"
        value={plan}
        onChange={({ target }) => choose(target.value)}
        wrong={fields.plan}
      >
        <PlanOptions plans={plans} />
      </SelectField>
      <TextField
        label="Id (optional)"
        value={id}
        maxLength={100}
        onChange={({ target }) => setId(target.value)}
        wrong={fields.id}
        hint="Your own id of this customer; without one, an id is made up."
      />
    </FormDialog>
  );
}
