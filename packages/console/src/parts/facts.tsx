// What is known of one thing: names and what they are.

import type { ReactNode } from "react";

/** @param facts by their names; what is undefined is left out */
export function Facts({
  facts,
}: {
  readonly facts: Readonly<Record<string, ReactNode>>;
}): ReactNode {
  const known = Object.entries(facts).filter(([, is]) => is !== undefined);
  return (
    <dl className="facts">
      {known.map(([name, is]) => (
        <Named key={name} name={name} is={is} />
      ))}
    </dl>
  );
}

function Named({ name, is }: { readonly name: string; readonly is: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{is}</dd>
    </>
  );
}
