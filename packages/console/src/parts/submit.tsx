// The end of a form: what is wrong with the whole of it, and the button.

import type { ReactNode } from "react";
import { Problem } from "./asked.tsx";

export interface SubmitProps {
  readonly verb: string;
  readonly isBusy: boolean;
  /** What no field says. */
  readonly error?: unknown;
  /** Beside the button. */
  readonly children?: ReactNode;
}

export function Submit({ verb, isBusy, error, children }: SubmitProps): ReactNode {
  return (
    <>
      {error !== undefined && error !== null && <Problem error={error} />}
      <div className="row">
        <button type="submit" className="button main" disabled={isBusy}>
          {verb}
        </button>
        {children}
      </div>
    </>
  );
}
