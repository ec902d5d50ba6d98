// Questions in front of the page that are answered together; and one question that is answered with yes or not at all.

import type { ReactNode } from "react";
import { Dialog, type DialogProps } from "./dialog.tsx";
import { Submit, type SubmitProps } from "./submit.tsx";

export interface FormDialogProps extends DialogProps, Omit<SubmitProps, "children"> {
  readonly onSubmit: () => void;
}

export function FormDialog({
  title,
  isOpen,
  onClose,
  onSubmit,
  children,
  ...end
}: FormDialogProps): ReactNode {
  return (
    <Dialog {...{ title, isOpen, onClose }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          // React lets it bubble to a form that the dialog was opened from.
          event.stopPropagation();
          onSubmit();
        }}
      >
        {children}
        <Submit {...end}>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </Submit>
      </form>
    </Dialog>
  );
}
