// Credits that are given, with a reason. The same id twice gives them once, and so does a button that is pressed twice.

import { type ReactNode, useState } from "react";
import { TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { MomentField, momentOf } from "../../../parts/moment-field.tsx";
import { wholeNumber, wholeNumberWrong } from "../../../parts/whole-number.ts";
import { useChange } from "../../change.ts";
import { useAccountId } from "./account.tsx";

export function GiveCredits(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Give credits
      </button>
      {isOpen && <Form onClose={() => setOpen(false)} />}
    </>
  );
}

const fields = ["amount", "reason", "id", "expiresAtMs"];

function Form({ onClose }: { readonly onClose: () => void }): ReactNode {
  const accountId = useAccountId();
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const [id, setId] = useState("");
  const [ends, setEnds] = useState("");
  const { send, wrong, isSending, otherwise } = useChange("grantCredits");
  const give = async () => {
    const whole = wholeNumber(amount);
    if (whole === undefined) return;
    const expiresAtMs = momentOf(ends);
    const body = {
      amount: whole,
      reason,
      ...(id !== "" && { id }),
      ...(expiresAtMs !== undefined && { expiresAtMs }),
    };
    if ((await send({ params: { accountId }, body })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title="Give credits"
      isOpen
      onClose={onClose}
      verb="Give"
      isSending={isSending}
      error={otherwise(fields)}
      onSubmit={() => void give()}
    >
      <TextField
        label="Credits"
        required
        inputMode="numeric"
        value={amount}
        onChange={({ target }) => setAmount(target.value)}
        wrong={wholeNumberWrong(amount) ?? wrong("amount")}
      />
      <TextField
        label="Reason"
        required
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        wrong={wrong("reason")}
        hint="The customer sees it, too."
      />
      <TextField
        label="Id (optional)"
        value={id}
        onChange={({ target }) => setId(target.value)}
        wrong={wrong("id")}
        hint="Of your order or payment: the same id twice gives once."
      />
      <MomentField
        label="Ends (optional)"
        value={ends}
        onChange={setEnds}
        wrong={wrong("expiresAtMs")}
        hint="What is left then lapses."
      />
    </FormDialog>
  );
}
