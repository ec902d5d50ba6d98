/** What changed in the catalogue. A code is forever: callers compare with it, and old clients go by its advice. */
import { breaking, type Change, careful, commonTo, fine, removedFrom } from "./change.ts";
import type { CodeSummary } from "./summary.ts";

type Codes = Readonly<Record<string, CodeSummary>>;

const FOREVER = "keep the code; spell new conditions with a new one";

export function codeChanges(old: Codes, now: Codes): readonly Change[] {
  const removed = removedFrom(old, now);
  const added = removedFrom(now, old);
  return [
    ...removed.map((code) => removedCode(code, old, now, added)),
    ...added
      .filter((code) => !removed.some((one) => isSameReason(old[one], now[code])))
      .map((code) =>
        careful(
          `codes.${code}`,
          "is new",
          "tell callers: programs that list all codes meet one more",
        ),
      ),
    ...commonTo(old, now).flatMap(([code, before, after]) => [
      ...entryChanges(`codes.${code}`, before, after),
      ...conditionChanges(code, before, after, now),
    ]),
  ];
}

function removedCode(code: string, old: Codes, now: Codes, added: readonly string[]): Change {
  const at = `codes.${code}`;
  const heir = added.find((one) => isSameReason(old[code], now[one]));
  if (heir !== undefined) return breaking(at, `is called ${heir} now`, FOREVER);
  return breaking(
    at,
    "is gone",
    "keep it in the catalogue for as long as programs compare with it",
  );
}

function isSameReason(before: CodeSummary | undefined, after: CodeSummary | undefined): boolean {
  return before?.conditions.some((condition) => after?.conditions.includes(condition)) ?? false;
}

function entryChanges(at: string, before: CodeSummary, after: CodeSummary): readonly Change[] {
  const changes: Change[] = [];
  if (before.status !== after.status) {
    const what = `status ${before.status} is ${after.status} now`;
    changes.push(
      breaking(`${at}.status`, what, "programs go by the status: make a new code for it"),
    );
  }
  if (before.type !== after.type) {
    const what = `type ${before.type} is ${after.type} now`;
    changes.push(breaking(`${at}.type`, what, "programs that go by types miss it: keep the type"));
  }
  if (before.action !== after.action) {
    const what = `action ${before.action} is ${after.action} now`;
    changes.push(careful(`${at}.action`, what, "tell callers who shows end users what to do"));
  }
  return [...changes, ...retryChanges(at, before, after)];
}

function retryChanges(at: string, before: CodeSummary, after: CodeSummary): readonly Change[] {
  const changes: Change[] = [];
  if (before.retry !== after.retry) {
    const what = `retry advice ${before.retry} is ${after.retry} now`;
    changes.push(
      after.retry === "never"
        ? breaking(`${at}.retry`, what, "old clients go on retrying: make a new code for it")
        : careful(`${at}.retry`, what, "old clients go by the old advice until they are renewed"),
    );
  }
  if (before.charged !== after.charged) {
    const what = `charged ${before.charged} is ${after.charged} now`;
    changes.push(
      after.charged === "no"
        ? fine(`${at}.charged`, what)
        : breaking(`${at}.charged`, what, "old clients repeat a POST because nothing was charged"),
    );
  }
  if (before.retryAfter !== after.retryAfter) {
    const what = `Retry-After (${before.retryAfter ?? "computed"}) is ${after.retryAfter ?? "computed"} now`;
    const isFixed = before.retryAfter?.startsWith("always") ?? false;
    const advice = "programs that wait a fixed time come back too early, or too late: tell callers";
    changes.push((isFixed ? breaking : careful)(`${at}.retryAfter`, what, advice));
  }
  return changes;
}

/** A code for another reason than before tells programs to do the wrong thing. */
function conditionChanges(
  code: string,
  before: CodeSummary,
  after: CodeSummary,
  now: Codes,
): readonly Change[] {
  const at = `codes.${code}.conditions`;
  const lost = before.conditions.filter((one) => !after.conditions.includes(one));
  const gained = after.conditions.filter((one) => !before.conditions.includes(one));
  if (lost.length > 0 && lost.length === before.conditions.length && gained.length > 0) {
    const what = `stood for ${lost.join(", ")}, and stands for ${gained.join(", ")} now`;
    return [breaking(at, what, FOREVER)];
  }
  return [
    ...lost.map((condition) => {
      const other = Object.keys(now).find((one) => now[one]?.conditions.includes(condition));
      const where = other === undefined ? "nothing" : other;
      return breaking(
        at,
        `${condition} is spelled ${where} now`,
        "programs wait for the old code: keep it",
      );
    }),
    ...gained.map((condition) =>
      careful(at, `stands for ${condition}, too`, "see that its advice fits both reasons"),
    ),
  ];
}
