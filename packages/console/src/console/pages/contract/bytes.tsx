// A refusal as the bytes that a caller gets.

import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { CodeBlock } from "../../../parts/code-block.tsx";
import { Copy } from "../../../parts/id.tsx";
import { StatusMark } from "../../../parts/mark.tsx";
import { type Output, useAdmin } from "../../admin.ts";
import type { RefusalSearch } from "./search.ts";

export type Refusal = Output<"simulateRefusal">;

export interface RefusalAsked extends RefusalSearch {
  readonly condition: string;
}

export interface RefusalBytesProps {
  readonly api: string;
  readonly asked: RefusalAsked;
  /** Beside the bytes, once it is known what they say. */
  readonly children?: (refusal: Refusal) => ReactNode;
}

export function RefusalBytes({ api, asked, children }: RefusalBytesProps): ReactNode {
  const { condition, ...query } = asked;
  const answer = useAdmin("simulateRefusal", { params: { api, condition }, query });
  return (
    <Asked query={answer}>
      {(refusal) => (
        <>
          <Bytes refusal={refusal} />
          {children?.(refusal)}
        </>
      )}
    </Asked>
  );
}

function Bytes({ refusal }: { readonly refusal: Refusal }): ReactNode {
  const { status, code, headers, body } = refusal;
  const head = headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
  return (
    <section className="box stack" aria-label="The answer">
      <p>
        <StatusMark status={status} /> <code>{code}</code>
      </p>
      <Part name="Headers" text={head} />
      <Part name="Body" text={body} />
    </section>
  );
}

function Part({ name, text }: { readonly name: string; readonly text: string }): ReactNode {
  return (
    <div>
      <div className="row apart">
        <span className="quiet">{name}</span>
        <Copy text={text} label={name.toLowerCase()} />
      </div>
      <CodeBlock text={text} />
    </div>
  );
}
