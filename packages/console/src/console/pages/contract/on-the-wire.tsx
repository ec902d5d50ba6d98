// How a caller with a test key provokes a refusal for real: on the wire, charged to nobody.

import type { ReactNode } from "react";
import { Copy } from "../../../parts/id.tsx";
import type { Api, Code } from "./api.ts";

export function OnTheWire({
  api: { prefixes },
  code: { code },
}: {
  readonly api: Api;
  readonly code: Pick<Code, "code">;
}): ReactNode {
  if (prefixes.test === null) {
    return <p className="quiet">The contract has no test keys, so no caller can provoke it.</p>;
  }
  const header = `Sluice-Simulate: ${code}`;
  return (
    <p>
      On the wire: a call with a test key (<code>{prefixes.test}…</code>) and the header{" "}
      <span className="id">
        <code>{header}</code>
        <Copy text={header} label="header" />
      </span>{" "}
      is refused like this, and never charged. With <code>;times=2</code> behind the code it refuses
      twice, with <code>;after=1</code> it lets one pass first.
    </p>
  );
}
