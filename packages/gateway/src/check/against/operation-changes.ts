/** What changed in the operations: where they are, what they take, cost and answer. */
import { breaking, type Change, careful, commonTo, fine, removedFrom } from "./change.ts";
import { answerChanges, inputChanges } from "./field-changes.ts";
import type { OperationSummary } from "./summary.ts";

type Operations = Readonly<Record<string, OperationSummary>>;

export function operationChanges(old: Operations, now: Operations): readonly Change[] {
  const added = removedFrom(now, old);
  const heirs = new Set<string>();
  const removed = removedFrom(old, now).map((name) => {
    const heir = added.find((one) => isSamePlace(old[name], now[one]));
    const at = `operations.${name}`;
    if (heir === undefined) {
      return breaking(at, "is gone", "keep it, and say from when on it answers no longer");
    }
    heirs.add(heir);
    return careful(at, `is called ${heir} now`, "programs that call it by name must be changed");
  });
  return [
    ...removed,
    ...added.filter((one) => !heirs.has(one)).map((one) => fine(`operations.${one}`, "is new")),
    ...commonTo(old, now).flatMap(([name, before, after]) => [
      ...placeChanges(`operations.${name}`, before, after),
      ...priceChanges(`operations.${name}`, before, after),
      ...rightChanges(`operations.${name}`, before, after),
      ...inputChanges(`operations.${name}`, before.takes, after.takes),
      ...answerChanges(`operations.${name}`, before.answers, after.answers),
      ...codeChanges(`operations.${name}`, before, after),
    ]),
  ];
}

function isSamePlace(a: OperationSummary | undefined, b: OperationSummary | undefined): boolean {
  return a?.method === b?.method && a?.path === b?.path;
}

function placeChanges(at: string, before: OperationSummary, after: OperationSummary) {
  const changes: Change[] = [];
  const keep = "serve both for a while";
  if (before.path !== after.path) {
    changes.push(breaking(`${at}.path`, `moved from ${before.path} to ${after.path}`, keep));
  }
  if (before.method !== after.method) {
    changes.push(breaking(`${at}.method`, `${before.method} is ${after.method} now`, keep));
  }
  if (before.successStatus !== after.successStatus) {
    const what = `${before.successStatus} is ${after.successStatus} now`;
    changes.push(
      breaking(`${at}.successStatus`, what, "programs that compare with it fail: keep it"),
    );
  }
  if (before.idempotency && !after.idempotency) {
    const advice = "clients that send a key with each try do things twice: keep taking it";
    changes.push(breaking(`${at}.idempotency`, "takes no Idempotency-Key any more", advice));
  } else if (before.idempotency !== after.idempotency) {
    changes.push(fine(`${at}.idempotency`, "takes an Idempotency-Key now"));
  }
  if (before.stream !== after.stream) {
    const what = `streams end with ${after.stream ?? "nothing"}, not with ${before.stream ?? "nothing"}`;
    const isNew = before.stream === null;
    const advice = "programs wait for the old end of a stream: keep it";
    changes.push(
      isNew ? fine(`${at}.stream`, "can stream now") : breaking(`${at}.stream`, what, advice),
    );
  }
  return changes;
}

function priceChanges(at: string, before: OperationSummary, after: OperationSummary) {
  const changes: Change[] = [];
  if (before.price !== after.price) {
    const what = `the price ${before.price ?? "free"} is ${after.price ?? "free"} now`;
    const [was, is] = [before.price ?? 0, after.price ?? 0];
    const isKnown = typeof was === "number" && typeof is === "number";
    if (isKnown && is < was) changes.push(fine(`${at}.price`, what));
    else if (isKnown) {
      changes.push(breaking(`${at}.price`, what, "tell callers before: budgets are spent earlier"));
    } else changes.push(careful(`${at}.price`, what, "tell callers how the price is found now"));
  }
  const [most, mostNow] = [before.bodyBytesMax, after.bodyBytesMax];
  if (most !== null && mostNow !== null && most !== mostNow) {
    const what = `takes ${mostNow} bytes in place of ${most}`;
    const advice = "bodies that were taken are refused: keep the bound, or tell callers before";
    changes.push(
      mostNow > most
        ? fine(`${at}.bodyBytesMax`, what)
        : breaking(`${at}.bodyBytesMax`, what, advice),
    );
  }
  return changes;
}

function rightChanges(at: string, before: OperationSummary, after: OperationSummary) {
  const changes: Change[] = [];
  if (before.permission !== after.permission) {
    const what = `the permission ${before.permission ?? "(none)"} is ${after.permission ?? "(none)"} now`;
    const advice = "keys without it are refused: give it to those that called the operation";
    const isFreer = after.permission === null;
    changes.push(
      isFreer ? fine(`${at}.permission`, what) : breaking(`${at}.permission`, what, advice),
    );
  }
  const lost = (before.plans ?? []).filter((plan) => !(after.plans ?? [plan]).includes(plan));
  if (lost.length > 0 || (before.plans === null && after.plans !== null)) {
    const what = `only the plans ${(after.plans ?? []).join(", ")} include it now`;
    changes.push(
      breaking(`${at}.plans`, what, "accounts of other plans are refused: leave it to them"),
    );
  }
  return changes;
}

function codeChanges(at: string, before: OperationSummary, after: OperationSummary) {
  const isNew = (code: string) => !before.codes.includes(code);
  const added = after.codes.filter(isNew);
  if (added.length === 0) return [];
  const advice = "see that callers can handle it: the catalogue's advice is what they go by";
  return [careful(`${at}.codes`, `can answer ${added.join(", ")} now`, advice)];
}
