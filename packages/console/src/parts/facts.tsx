// What is known of one thing: names and what they are.

import { Fragment, type ReactNode } from "react";

export type Fact = readonly [name: string, is: ReactNode];

/** What has no value is left out. */
export function Facts({
  facts,
}: {
  readonly facts: readonly Fact[] | Readonly<Record<string, ReactNode>>;
}): ReactNode {
  const all = Array.isArray(facts) ? (facts as readonly Fact[]) : Object.entries(facts);
  const known = all.filter(([, is]) => is !== undefined && is !== null && is !== "");
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
