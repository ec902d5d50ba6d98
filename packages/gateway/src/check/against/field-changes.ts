/** What changed in the fields that an operation takes and answers, as far as schemas say. */
import { breaking, type Change, careful, commonTo, fine, removedFrom } from "./change.ts";
import type { FieldSummary } from "./summary.ts";

type Fields = Readonly<Record<string, FieldSummary>>;

export function inputChanges(at: string, old: Fields, now: Fields): readonly Change[] {
  return [
    ...removedFrom(old, now).map((name) =>
      careful(
        `${at}.takes.${name}`,
        "is gone",
        "see that a request that still has it is not refused",
      ),
    ),
    ...removedFrom(now, old).map((name) => {
      const place = `${at}.takes.${name}`;
      if (!now[name]?.required) return fine(place, "is new, and may be left out");
      // Inside of something that may be left out, only those who send that are refused.
      const isInside = name.split(".").length > 2 && !isAlwaysThere(name, now);
      const advice = "requests without it were right: give it a default";
      return (isInside ? careful : breaking)(place, "is new, and must be there", advice);
    }),
    ...commonTo(old, now).flatMap(([name, before, after]) => {
      const place = `${at}.takes.${name}`;
      const changes: Change[] = [];
      if (!before.required && after.required) {
        changes.push(
          breaking(place, "must be there now", "requests without it were right: keep it optional"),
        );
      }
      if (before.required && !after.required) changes.push(fine(place, "may be left out now"));
      return [...changes, ...valueChanges(place, before, after, "taken")];
    }),
  ];
}

export function answerChanges(at: string, old: Fields, now: Fields): readonly Change[] {
  return [
    ...removedFrom(old, now).map((name) =>
      breaking(`${at}.answers.${name}`, "is gone", "programs read it: keep it"),
    ),
    ...removedFrom(now, old).map((name) => fine(`${at}.answers.${name}`, "is new")),
    ...commonTo(old, now).flatMap(([name, before, after]) => {
      const place = `${at}.answers.${name}`;
      const isLess = before.required && !after.required;
      const changes = isLess
        ? [breaking(place, "may be absent now", "programs read it: always answer it")]
        : [];
      return [...changes, ...valueChanges(place, before, after, "answered")];
    }),
  ];
}

function isAlwaysThere(name: string, fields: Fields): boolean {
  const parts = name.split(".");
  return parts
    .slice(2)
    .every((_, index) => fields[parts.slice(0, index + 2).join(".")]?.required ?? true);
}

function valueChanges(
  at: string,
  { takes: before }: FieldSummary,
  { takes: after }: FieldSummary,
  way: "taken" | "answered",
): readonly Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (typeof before === "string" || typeof after === "string") {
    const what = `${said(before)} is ${said(after)} now`;
    const isWider = typeof before !== "string" && after === "string" && way === "taken";
    return isWider
      ? [fine(at, what)]
      : [breaking(at, what, "keep the type, and make a new field for the other")];
  }
  const lost = before.filter((choice) => !after.includes(choice));
  const gained = after.filter((choice) => !before.includes(choice));
  const changes: Change[] = [];
  if (lost.length > 0) {
    const what = `${lost.join(", ")} is no longer ${way}`;
    changes.push(way === "taken" ? breaking(at, what, "go on taking it") : fine(at, what));
  }
  if (gained.length > 0) {
    const what = `${gained.join(", ")} is ${way}, too`;
    const advice = "programs that list all values meet one more: tell callers";
    changes.push(way === "taken" ? fine(at, what) : careful(at, what, advice));
  }
  return changes;
}

function said(takes: FieldSummary["takes"]): string {
  return typeof takes === "string" ? takes : takes.join(" or ");
}
