// The end of a key, which cannot be taken back.

import { type ReactNode, useState } from "react";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { useChange } from "../../change.ts";
import type { KeyShown } from "./key-mark.tsx";

export function RevokeKey({ of }: { readonly of: KeyShown }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { send, isSending, error } = useChange("revokeKey");
  const revoke = async () => {
    const params = { accountId: of.accountId, keyId: of.id };
    if ((await send({ params })) !== undefined) setOpen(false);
  };
  return (
    <>
      <button type="button" className="button bad" onClick={() => setOpen(true)}>
        Revoke
      </button>
      <FormDialog
        title={`Revoke “${of.name}”?`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        verb="Revoke for ever"
        tone="bad"
        isSending={isSending}
        error={error}
        onSubmit={() => void revoke()}
      >
        <p>
          Every secret of it is refused from now on, and nobody can bring it back. Requests that run
          go on to their end.
        </p>
        <p>To replace it without an outage, rotate it instead.</p>
      </FormDialog>
    </>
  );
}
