// A new secret for a key, while the old one goes on for a while; and the end of that while.

import { type ReactNode, useState } from "react";
import { DAY_MS, HOUR_MS } from "sluice/base";
import { SelectField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { times } from "../../../parts/numbers.ts";
import { useChange } from "../../change.ts";
import type { KeyShown } from "./key-mark.tsx";
import { SecretOnce } from "./secret-once.tsx";

const overlaps = [
  [0, "not at all: it ends now"],
  [HOUR_MS, "1 hour"],
  [DAY_MS, "1 day"],
  [7 * DAY_MS, "7 days"],
  [30 * DAY_MS, "30 days"],
  [90 * DAY_MS, "90 days"],
] as const;
const USUAL_MS = 7 * DAY_MS;

interface Props {
  readonly of: KeyShown;
}

export function RotateKey({ of }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [overlapMs, setOverlap] = useState<number>(USUAL_MS);
  const [secret, setSecret] = useState<string>();
  const { send, isSending, error, reset } = useChange("rotateKey");
  const rotate = async () => {
    const params = { accountId: of.accountId, keyId: of.id };
    const made = await send({ params, body: { overlapMs } });
    if (made === undefined) return;
    setOpen(false);
    setSecret(made.secret);
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
        Rotate
      </button>
      <FormDialog
        title={`Rotate “${of.name}”`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        verb="Make a new secret"
        isSending={isSending}
        error={error}
        onSubmit={() => void rotate()}
      >
        <p>
          The key gets a new secret. The one that ends in <code>{of.lastFour}</code> goes on for a
          while, and this page says who still uses it.
        </p>
        <SelectField
          label="The older secret goes on for"
          value={overlapMs}
          onChange={({ target }) => setOverlap(Number(target.value))}
        >
          {overlaps.map(([ms, words]) => (
            <option key={ms} value={ms}>
              {words}
            </option>
          ))}
        </SelectField>
      </FormDialog>
      {secret !== undefined && (
        <SecretOnce
          title={`The new secret of “${of.name}”`}
          secret={secret}
          api={of.api}
          onClose={() => setSecret(undefined)}
        />
      )}
    </>
  );
}

export function EndOverlap({
  of,
  usesLastHour,
}: Props & { readonly usesLastHour: number }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { send, isSending, error } = useChange("endOverlap");
  const end = async () => {
    const params = { accountId: of.accountId, keyId: of.id };
    if ((await send({ params })) !== undefined) setOpen(false);
  };
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        End the older secret now
      </button>
      <FormDialog
        title="End the older secret?"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        verb="End it"
        tone="bad"
        isSending={isSending}
        error={error}
        onSubmit={() => void end()}
      >
        <p>
          {usesLastHour === 0
            ? "Nobody used it in the last hour. Whoever still does is refused from now on."
            : `It was used ${times(usesLastHour)} in the last hour: whoever still uses it is refused from now on.`}{" "}
          The newest secret goes on.
        </p>
      </FormDialog>
    </>
  );
}
