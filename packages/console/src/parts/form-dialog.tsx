// Questions in front of the page that are answered together; and one question that is answered with yes or not at all.

import type { ReactNode } from "react";
import { Problem } from "./asked.tsx";
import { Dialog, type DialogProps } from "./dialog.tsx";

export interface FormDialogProps extends DialogProps {
  /** What the button says. */
  readonly verb: string;
  readonly isSending: boolean;
  /** What went wrong, where no field of the form says it. */
  readonly error?: unknown;
  readonly tone?: "main" | "bad";
  readonly onSubmit: () => void;
}

export function FormDialog({
  verb,
  isSending,
  error,
  tone = "main",
  onSubmit,
  children,
  ...dialog
}: FormDialogProps): ReactNode {
  return (
    <Dialog {...dialog}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {error !== undefined && <Problem error={error} />}
        <div className="row">
          <button type="submit" className={`button ${tone}`} disabled={isSending}>
            {isSending ? "Sending …" : verb}
          </button>
          <button type="button" className="button" onClick={dialog.onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
