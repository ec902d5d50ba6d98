/** Which codes are worth looking at beside one: those that its page speaks of first, then its nearest kin. */
import { type AnyApi, stepOf } from "../../contract/index.ts";

const RELATED_MAX = 5;

export function relatedCodes(api: AnyApi, code: string): readonly string[] {
  const { codes, spellings } = api.wire;
  const page = api.pages[code];
  const text = page === undefined ? "" : `${page.whatHappened}\n${page.howToFix}`;
  const own = codes[code];
  const conditions = new Set(spellings.conditionsOf(code));
  const steps = new Set([...conditions].map(stepOf));
  const scored = Object.entries(codes).flatMap(([other, entry]) => {
    if (other === code) return [];
    const kin = spellings.conditionsOf(other);
    const score =
      (text.includes(`\`${other}\``) ? 100 : 0) +
      (kin.some((condition) => conditions.has(condition)) ? 20 : 0) +
      (entry.type !== undefined && entry.type === own?.type ? 6 : 0) +
      (entry.status === own?.status ? 6 : 0) +
      (kin.some((condition) => steps.has(stepOf(condition))) ? 3 : 0) +
      (entry.action === own?.action ? 1 : 0);
    return score >= 6 ? [{ other, score }] : [];
  });
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, RELATED_MAX)
    .map(({ other }) => other);
}
