/** What changed in windows and slots: less than before is refused where it was not. */
import { breaking, type Change, commonTo, fine, removedFrom } from "./change.ts";
import type { LimitSummary } from "./summary.ts";

type Limits = Readonly<Record<string, LimitSummary>>;

const TELL = "tell callers before: what passed is refused now";

export function limitChanges(old: Limits, now: Limits): readonly Change[] {
  return [
    ...removedFrom(old, now).map((name) => fine(name, "is gone")),
    ...removedFrom(now, old).map((name) => breaking(name, "is new", TELL)),
    ...commonTo(old, now).flatMap(([name, before, after]) => changesOf(name, before, after)),
  ];
}

function changesOf(at: string, before: LimitSummary, after: LimitSummary): readonly Change[] {
  const changes: Change[] = [];
  for (const [plan, was, is] of commonTo(before.limit, after.limit)) {
    if (was === is) continue;
    const what = `${plan} has ${is} in place of ${was}`;
    changes.push(is < was ? breaking(`${at}.limit`, what, TELL) : fine(`${at}.limit`, what));
  }
  const [long, longNow] = [before.windowMs ?? 0, after.windowMs ?? 0];
  if (long !== longNow) {
    const what = `counts ${longNow} ms in place of ${long}`;
    changes.push(
      longNow > long ? breaking(`${at}.windowMs`, what, TELL) : fine(`${at}.windowMs`, what),
    );
  }
  if (before.per !== after.per) {
    const what = `is per ${after.per} in place of per ${before.per}`;
    changes.push(
      after.per === "account" ? breaking(`${at}.per`, what, TELL) : fine(`${at}.per`, what),
    );
  }
  const counted = (name: string) => before.operations?.includes(name) ?? true;
  const more = after.operations?.filter((name) => !counted(name)) ?? [];
  if (more.length > 0 || (after.operations === null && before.operations !== null)) {
    const what = `counts ${more.length > 0 ? more.join(", ") : "every operation"}, too`;
    changes.push(breaking(`${at}.operations`, what, TELL));
  }
  return changes;
}
