// A secret, for as long as somebody looks at it: it is in no other place of the page, and goes when this is closed.

import { type ReactNode, useState } from "react";
import { Dialog } from "../../../parts/dialog.tsx";
import { TextField } from "../../../parts/field.tsx";
import { Copy } from "../../../parts/id.tsx";
import { type Api, useApis } from "../../plan-parts.ts";

export interface SecretOnceProps {
  readonly title: string;
  readonly secret: string;
  /** The contract that it opens, by its title. */
  readonly api: string | null;
  readonly onClose: () => void;
}

export function SecretOnce({ title, secret, api, onClose }: SecretOnceProps): ReactNode {
  const contract = useApis().find((one) => one.title === api);
  return (
    // Only the button closes it: what is gone by a slip of the hand is gone.
    <Dialog title={title} isOpen onClose={() => undefined}>
      <p className="said warn">
        This is the only time that it is shown. Nobody can show it again: copy it now.
      </p>
      <div className="field">
        <span className="label">Secret</span>
        <pre>
          <code className="secret">{secret}</code>
        </pre>
        <span>
          <Copy text={secret} label="secret" />
        </span>
      </div>
      {contract !== undefined && <TryIt contract={contract} secret={secret} />}
      <div className="row">
        <button type="button" className="button main" onClick={onClose}>
          I have it: close
        </button>
      </div>
    </Dialog>
  );
}

/** The first request, ready to paste. The address is the contract's own, until somebody says another. */
function TryIt({
  contract: { firstCall },
  secret,
}: {
  readonly contract: Api;
  readonly secret: string;
}): ReactNode {
  const [origin, setOrigin] = useState(firstCall.origin);
  const line = firstCall.curl
    .replaceAll(firstCall.origin, origin.replace(/\/$/, ""))
    .replaceAll(`$${firstCall.keyVariable}`, secret)
    .replaceAll(/ \\\n\s*/g, " ");
  return (
    <>
      <TextField
        label="Address of the API"
        value={origin}
        onChange={({ target }) => setOrigin(target.value)}
      />
      <div className="field">
        <span className="label">
          Try it with a request that costs nothing (<code>{firstCall.operation}</code>)
        </span>
        <pre>
          <code className="secret">{line}</code>
        </pre>
        <span>
          <Copy text={line} label="line for a shell" />
        </span>
      </div>
    </>
  );
}
