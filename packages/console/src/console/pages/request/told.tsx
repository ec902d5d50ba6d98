// The bytes that the caller was told.

import type { ReactNode } from "react";
import { Copy } from "../../../parts/id.tsx";
import { Wide } from "../../../parts/wide.tsx";
import type { Explanation } from "./explanation.ts";

export function Told({ told }: { readonly told: Explanation["told"] }): ReactNode {
  const { status, headers, body, bodyMissing } = told;
  const head = [
    ...(status === null ? [] : [`HTTP/1.1 ${status}`]),
    ...headers.map(({ name, value }) => `${name}: ${value}`),
  ].join("\n");
  return (
    <section className="box told" aria-labelledby="told-title">
      <header className="row apart">
        <h2 id="told-title">What the caller was told</h2>
        <span>
          {head !== "" && <Copy text={head} label="headers" shown="copy headers" />}
          {body !== null && body !== "" && <Copy text={body} label="body" shown="copy body" />}
        </span>
      </header>
      {head !== "" && <Bytes label="Status and headers">{head}</Bytes>}
      {body !== null && body !== "" && <Bytes label="Body">{body}</Bytes>}
      {body === "" && <p className="quiet">No body.</p>}
      {bodyMissing !== null && <p className="quiet">{bodyMissing}</p>}
    </section>
  );
}

function Bytes({
  label,
  children,
}: {
  readonly label: string;
  readonly children: string;
}): ReactNode {
  return (
    <Wide aria-label={label} className="bytes">
      <pre>{children}</pre>
    </Wide>
  );
}
