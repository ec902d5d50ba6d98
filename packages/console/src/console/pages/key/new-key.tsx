// A new key of an account. Its secret is in the answer, and is kept by nothing but the dialog that shows it.

import { type ReactNode, useState } from "react";
import { type Made, NewKeyForm } from "./new-key-form.tsx";
import { SecretOnce } from "./secret-once.tsx";

export function NewKey({ accountId }: { readonly accountId: string }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Made>();
  return (
    <>
      <button type="button" className="button main" onClick={() => setOpen(true)}>
        New key
      </button>
      {isOpen && (
        <NewKeyForm
          accountId={accountId}
          onClose={() => setOpen(false)}
          onMade={(key) => {
            setOpen(false);
            setMade(key);
          }}
        />
      )}
      {made !== undefined && (
        <SecretOnce
          title={`The key “${made.name}”`}
          secret={made.secret}
          api={made.api}
          onClose={() => setMade(undefined)}
        />
      )}
    </>
  );
}
