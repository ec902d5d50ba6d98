// Asks before what cannot be taken back.

import type { ReactNode } from "react";
import { Problem } from "./asked.tsx";
import { Dialog } from "./dialog.tsx";

export interface SureProps {
  readonly title: string;
  /** What the button does. */
  readonly verb: string;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onYes: () => void;
  readonly onClose: () => void;
  /** What follows from it. */
  readonly children: ReactNode;
}

export function Sure(props: SureProps): ReactNode {
  const { title, verb, isOpen, isBusy, error, onYes, onClose, children } = props;
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <div>{children}</div>
      {error !== undefined && error !== null && <Problem error={error} />}
      <div className="row">
        <button type="button" className="button bad" disabled={isBusy} onClick={onYes}>
          {verb}
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
