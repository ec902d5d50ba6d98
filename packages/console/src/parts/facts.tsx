// What is known of one thing: names and what they are.

import { Fragment, type ReactNode } from "react";

const NOTHING: ReadonlySet<ReactNode> = new Set([undefined, null, false, ""]);

/** @param facts by their names; what has no value is left out */
export function Facts({
  facts,
}: {
  readonly facts: Readonly<Record<string, ReactNode>>;
}): ReactNode {
  const known = Object.entries(facts).filter(([, is]) => !NOTHING.has(is));
  return (
    <dl className="facts">
      {known.map(([name, is]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{is}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
