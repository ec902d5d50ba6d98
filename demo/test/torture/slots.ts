// Whether more jobs run than may: a job keeps its slot from its call until its work is over, through every kill.

import { mavera } from "@sluice-apis/mavera/contract";
import { type BooksAndWorks, isRunningJob } from "./books.ts";

const limits = new Map(
  Object.values(mavera.wire.slots ?? {}).flatMap(({ operations = [], limit }) =>
    operations.map((operation) => {
      const most = typeof limit === "number" ? limit : limit.enterprise;
      return [operation as string, most] as const;
    }),
  ),
);

/** @param times So many times as many may run, where nobody can know of all. */
export function judgeSlots(
  { holds, over }: Pick<BooksAndWorks, "holds" | "over">,
  times = 1,
): readonly string[] {
  const running = new Map<string, { readonly operation: string; readonly ids: string[] }>();
  for (const row of holds) {
    if (!isRunningJob(row) || over.has(row.id)) continue;
    const { account, operation, id } = row;
    const name = `${operation} of ${account}`;
    const known = running.get(name) ?? { operation, ids: [] };
    running.set(name, known);
    known.ids.push(id);
  }
  return [...running]
    .filter(([, { operation, ids }]) => ids.length > times * (limits.get(operation) ?? 0))
    .map(([name, { ids }]) => `${ids.length} jobs run for ${name}: ${ids.join(", ")}`);
}
