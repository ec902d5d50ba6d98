// A new account: on a plan of a contract, with an id of its own or one that is made up.

import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { useChange } from "../../change.ts";
import { usePlans } from "../../plan-parts.ts";
import { PlanField } from "./plan-field.tsx";

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
  const { send, wrong, isSending, otherwise } = useChange("createAccount");
  const plan = chosen || (plans[0]?.name ?? "");
  const create = async () => {
    const made = await send({ body: { name, plan, ...(id !== "" && { id }) } });
    if (made === undefined) return;
    onClose();
    await navigate({ to: "/accounts/$accountId", params: { accountId: made.id } });
  };
  return (
    <FormDialog
      title="New account"
      isOpen
      onClose={onClose}
      verb="Create"
      isSending={isSending}
      error={otherwise(["name", "plan", "id"])}
      onSubmit={() => void create()}
    >
      <TextField
        label="Name"
        required
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
        wrong={wrong("name")}
      />
      <PlanField plans={plans} value={plan} onChoose={choose} wrong={wrong("plan")} />
      <TextField
        label="Id (optional)"
        value={id}
        maxLength={100}
        onChange={({ target }) => setId(target.value)}
        wrong={wrong("id")}
        hint="Your own id of this customer; without one, an id is made up."
      />
    </FormDialog>
  );
}
