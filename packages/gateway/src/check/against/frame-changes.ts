/** What changed around codes and operations: base path, envelope, headers, the form of a key, plans. */
import { breaking, type Change, careful, fine, removedFrom } from "./change.ts";
import type { ContractSummary } from "./summary.ts";

export function frameChanges(old: ContractSummary, now: ContractSummary): readonly Change[] {
  const changes: Change[] = [];
  if (old.basePath !== now.basePath) {
    const what = `moved from "${old.basePath}" to "${now.basePath}"`;
    changes.push(breaking("basePath", what, "serve both for a while"));
  }
  return [
    ...changes,
    ...envelopeChanges(old.envelope, now.envelope),
    ...headerChanges(old.headers, now.headers),
    ...keyChanges(old.key, now.key),
    ...removedFrom(named(old.plans), named(now.plans)).map((plan) =>
      breaking(`plans.${plan}`, "is gone", "move its accounts to another plan before"),
    ),
    ...removedFrom(named(now.plans), named(old.plans)).map((plan) =>
      fine(`plans.${plan}`, "is new"),
    ),
  ];
}

function named(plans: readonly string[]): object {
  return Object.fromEntries(plans.map((plan) => [plan, true]));
}

function envelopeChanges(
  old: ContractSummary["envelope"],
  now: ContractSummary["envelope"],
): readonly Change[] {
  const changes: Change[] = [];
  if (old.contentType !== now.contentType) {
    const what = `${old.contentType} is ${now.contentType} now`;
    changes.push(
      breaking("envelope.contentType", what, "programs that look at it read no error any more"),
    );
  }
  const lost = old.members.filter((member) => !now.members.includes(member));
  const gained = now.members.filter((member) => !old.members.includes(member));
  if (lost.length > 0) {
    const what = `${lost.join("; ")} is ${gained.join("; ") || "gone"} now`;
    changes.push(
      breaking("envelope", what, "programs read every error by it: keep what was there"),
    );
  } else if (gained.length > 0) {
    changes.push(
      careful(
        "envelope",
        `has ${gained.join("; ")}, too`,
        "strict readers refuse it: tell callers",
      ),
    );
  }
  return changes;
}

function headerChanges(
  old: ContractSummary["headers"],
  now: ContractSummary["headers"],
): readonly Change[] {
  const changes: Change[] = [];
  if (old.rateLimit !== now.rateLimit) {
    const what = `${old.rateLimit} is ${now.rateLimit} now`;
    const advice = "programs pace themselves by it: keep it";
    const isNew = old.rateLimit === "none";
    changes.push(
      isNew ? fine("headers.rateLimit", what) : breaking("headers.rateLimit", what, advice),
    );
  }
  if (old.help && !now.help) {
    changes.push(careful("headers.help", "refusals link to no page any more", "keep the link"));
  } else if (old.help !== now.help) changes.push(fine("headers.help", "refusals link to a page"));
  if (old.creditsRemaining !== now.creditsRemaining) {
    const what = `${old.creditsRemaining ?? "no header"} is ${now.creditsRemaining ?? "no header"} now`;
    const isNew = old.creditsRemaining === null;
    const at = "headers.creditsRemaining";
    changes.push(isNew ? fine(at, what) : breaking(at, what, "programs read it: keep the header"));
  }
  return changes;
}

function keyChanges(old: ContractSummary["key"], now: ContractSummary["key"]): readonly Change[] {
  const changes: Change[] = [];
  const reissue = "every key that does not fit is refused: go on taking the old form";
  for (const [environment, prefix] of Object.entries(old.prefixes)) {
    const other = now.prefixes[environment];
    if (other === prefix) continue;
    const what = `${environment} keys begin with ${other ?? "nothing: there are none"}, not ${prefix}`;
    changes.push(breaking(`key.prefixes.${environment}`, what, reissue));
  }
  const isNarrower = {
    alphabet: now.alphabet === "hex",
    checksum: now.checksum !== "none",
    length: true,
  };
  for (const part of ["alphabet", "checksum", "length"] as const) {
    if (old[part] === now[part]) continue;
    const what = `${old[part]} is ${now[part]} now`;
    const advice = "programs and scanners that know the form must learn it anew";
    changes.push(
      isNarrower[part]
        ? breaking(`key.${part}`, what, reissue)
        : careful(`key.${part}`, what, advice),
    );
  }
  for (const place of old.places.filter((one) => !now.places.includes(one))) {
    changes.push(
      breaking("key.places", `is not read from ${place} any more`, "go on reading it there"),
    );
  }
  for (const place of now.places.filter((one) => !old.places.includes(one))) {
    changes.push(fine("key.places", `is read from ${place}, too`));
  }
  return changes;
}
