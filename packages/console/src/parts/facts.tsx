// A few facts about one thing, each with its name.

import { Fragment, type ReactNode } from "react";

export type Fact = readonly [name: string, value: ReactNode];

const NOTHING: ReadonlySet<ReactNode> = new Set([undefined, null, false, ""]);

/** Those without a value are left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  const known = facts.filter(([, value]) => !NOTHING.has(value));
  return (
    <dl className="facts">
      {known.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
