/** Which codes are worth looking at beside one: those that its page speaks of first, then its nearest kin. */
import type { AnyApi } from "../../contract/index.ts";

const RELATED_MAX = 5;
const SCORE_MIN = 4;

/** Conditions that readers look for in one place. */
const FAMILIES: readonly (readonly string[])[] = [
  ["missing_key", "malformed_key", "unknown_key", "revoked_key", "expired_key"],
  ["rate_limited", "concurrency_limited", "unavailable"],
  ["subscription_inactive", "plan_required", "forbidden"],
  ["malformed_body", "invalid_parameter", "missing_field", "invalid_field", "malformed_request"],
  ["body_too_large", "unsupported_media_type", "malformed_body"],
  ["malformed_request", "headers_too_large", "request_timeout", "body_too_large"],
  ["not_found", "method_not_allowed", "forbidden"],
  ["credits_exhausted", "budget_exceeded", "subscription_inactive"],
  ["request_in_progress", "idempotency_key_reused", "replay_unavailable", "conflict"],
  ["conflict", "plan_limit_reached", "resource_limit_reached"],
  ["plan_required", "plan_limit_reached", "credits_exhausted"],
  ["internal", "unavailable", "upstream_timeout", "credits_unavailable", "request_timeout"],
];

export function relatedCodes(api: AnyApi, code: string): readonly string[] {
  const { codes, spellings } = api.wire;
  const text = textOf(api, code);
  const own = codes[code];
  const families = familiesOf(spellings.conditionsOf(code));
  const scored = Object.entries(codes).flatMap(([other, entry]) => {
    if (other === code) return [];
    const kin = familiesOf(spellings.conditionsOf(other));
    const score =
      (text.includes(`\`${other}\``) ? 100 : 0) +
      (textOf(api, other).includes(`\`${code}\``) ? 20 : 0) +
      4 * kin.filter((family) => families.includes(family)).length +
      (entry.type !== undefined && entry.type === own?.type ? 2 : 0) +
      (entry.status === own?.status ? 2 : 0);
    return score >= SCORE_MIN ? [{ other, score }] : [];
  });
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, RELATED_MAX)
    .map(({ other }) => other);
}

function textOf({ pages }: AnyApi, code: string): string {
  const page = pages[code];
  return page === undefined ? "" : `${page.whatHappened}\n${page.howToFix}`;
}

function familiesOf(conditions: readonly string[]): readonly (readonly string[])[] {
  return FAMILIES.filter((family) => family.some((condition) => conditions.includes(condition)));
}
