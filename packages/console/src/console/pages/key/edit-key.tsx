// A key's name, permissions, budget and end. Its secret stays.

import { type ReactNode, useState } from "react";
import { TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { fieldOf, MomentField, momentOf } from "../../../parts/moment-field.tsx";
import { wholeNumber, wholeNumberWrong } from "../../../parts/whole-number.ts";
import { useChange } from "../../change.ts";
import { useApis } from "../../plan-parts.ts";
import { BudgetField } from "../account/scope-forms.tsx";
import type { KeyShown } from "./key-mark.tsx";
import { Permissions } from "./permissions.tsx";

export function EditKey({ of }: { readonly of: KeyShown }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Edit
      </button>
      {isOpen && <Form of={of} onClose={() => setOpen(false)} />}
    </>
  );
}

const fields = ["name", "permissions", "budget", "expiresAtMs"];

interface FormProps {
  readonly of: KeyShown;
  readonly onClose: () => void;
}

function Form({ of, onClose }: FormProps): ReactNode {
  const [name, setName] = useState(of.name);
  const [permissions, setPermissions] = useState(of.permissions as readonly string[] | null);
  const [budget, setBudget] = useState(of.budget?.toString() ?? "");
  const [ends, setEnds] = useState(fieldOf(of.expiresAtMs));
  const all = useApis().find(({ title }) => title === of.api)?.permissions ?? [];
  const { send, wrong, isSending, otherwise } = useChange("changeKey");
  const budgetWrong = wholeNumberWrong(budget) ?? wrong("budget");
  const save = async () => {
    if (wholeNumberWrong(budget) !== undefined) return;
    const body = {
      name,
      permissions: permissions === null ? null : [...permissions],
      budget: wholeNumber(budget) ?? null,
      // A moment that is as it was stays to the millisecond, and one that is past is not asked for anew.
      ...(ends !== fieldOf(of.expiresAtMs) && { expiresAtMs: momentOf(ends) ?? null }),
    };
    const params = { accountId: of.accountId, keyId: of.id };
    if ((await send({ params, body })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={`Edit “${of.name}”`}
      isOpen
      onClose={onClose}
      verb="Save"
      isSending={isSending}
      error={otherwise(fields)}
      onSubmit={() => void save()}
    >
      <TextField
        label="Name"
        required
        value={name}
        onChange={({ target }) => setName(target.value)}
        wrong={wrong("name")}
      />
      <Permissions
        all={all}
        chosen={permissions}
        onChange={setPermissions}
        wrong={wrong("permissions")}
      />
      <BudgetField value={budget} onChange={setBudget} wrong={budgetWrong} />
      <MomentField
        label="Ends"
        value={ends}
        onChange={setEnds}
        wrong={wrong("expiresAtMs")}
        hint="Empty: never."
      />
    </FormDialog>
  );
}
