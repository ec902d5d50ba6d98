// The evidence that a rotation needs: who still uses the secret that is on its way out.

import type { Rotation } from "../operator/shapes.ts";
import { facts, tableOf } from "../print/table.ts";
import { print } from "../print/terminal.ts";
import { fromNow, grouped, momentFromNow } from "../print/words.ts";

export function showRotation({
  rotatedAtMs,
  overlapUntilMs,
  isOverlapping,
  olderSecret,
}: Rotation): void {
  if (rotatedAtMs === null) return;
  const { uses, usesLastHour, lastUsedAtMs, from } = olderSecret;
  const until = overlapUntilMs === null ? "closed" : momentFromNow(overlapUntilMs);
  const often =
    uses >= 1_000 ? "1,000 times or more" : uses === 1 ? "once" : `${grouped(uses)} times`;
  const lines = facts([
    ["Rotated", momentFromNow(rotatedAtMs)],
    ["Old secret", isOverlapping ? `opens it until ${until}` : "opens it no more"],
    ["Used since", uses === 0 ? "never" : `${often}, ${grouped(usesLastHour)} in the last hour`],
    ...(lastUsedAtMs === null ? [] : [["Last used", momentFromNow(lastUsedAtMs)] as const]),
  ]);
  print("");
  for (const line of lines) print(line);
  if (from.length > 0) {
    print("");
    const columns = [
      { title: "FROM", of: ({ address }: (typeof from)[number]) => address },
      { title: "USES", of: ({ uses }: (typeof from)[number]) => grouped(uses), align: "right" },
      { title: "LAST", of: ({ lastUsedAtMs: at }: (typeof from)[number]) => fromNow(at) },
    ] as const;
    for (const line of tableOf(columns, from)) print(line);
  }
  print("");
  print(adviceFor(isOverlapping, usesLastHour, from.length));
}

function adviceFor(isOverlapping: boolean, usesLastHour: number, places: number): string {
  if (!isOverlapping) return "The rotation is over.";
  if (usesLastHour === 0) return "Nobody used the old secret in the last hour: it can end.";
  const where = places === 1 ? "1 address" : `${places} addresses`;
  return `The old secret is still used, from ${where}: whoever calls there must change before it ends.`;
}
