// A secret in the one answer that has it: to be copied now, or never.

import type { ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
import { Id } from "./id.tsx";

export interface ShownOnceProps {
  readonly title: string;
  /** Undefined: there is none to show. */
  readonly secret: string | undefined;
  readonly onClose: () => void;
  /** What it is for, and for whom. */
  readonly children: ReactNode;
}

export function ShownOnce({ title, secret, onClose, children }: ShownOnceProps): ReactNode {
  return (
    <Dialog title={title} isOpen={secret !== undefined} onClose={onClose}>
      <p>{children}</p>
      <div className="said warn stack">
        {secret !== undefined && <Id id={secret} label="secret" />}
        <p>It is shown now, and never again: it is kept nowhere.</p>
      </div>
      <div className="row">
        <button type="button" className="button main" onClick={onClose}>
          I have kept it
        </button>
      </div>
    </Dialog>
  );
}
