// The end of a form: what is wrong with the whole of it, and the button.

import type { ReactNode } from "react";
import { Problem } from "./asked.tsx";

export interface SubmitProps {
  /** What the button says. */
  readonly verb: string;
  readonly isSending: boolean;
  /** Whether all is there that the form is made of: before, it would send something else than it shows. @default true */
  readonly isReady?: boolean;
  /** What no field says. */
  readonly error?: unknown;
  readonly tone?: "main" | "bad";
  /** Beside the button. */
  readonly children?: ReactNode;
}

export function Submit({
  verb,
  isSending,
  isReady = true,
  error,
  tone = "main",
  children,
}: SubmitProps): ReactNode {
  return (
    <>
      {error !== undefined && <Problem error={error} />}
      <div className="row">
        <button type="submit" className={`button ${tone}`} disabled={isSending || !isReady}>
          {isSending ? "Sending …" : verb}
        </button>
        {children}
      </div>
    </>
  );
}
