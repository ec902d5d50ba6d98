// Opportunities: advice that a brand's owner ticks off. A stand-in has none to give, so each brand
// is born with the same few lines, which say what they are; only their status can change.

import { type Answer, type Call, found } from "./call.ts";
import { Fields } from "./fields.ts";
import { derivedId } from "./identifiers.ts";
import { absent } from "./problem.ts";
import { type Brand, type BrandRecord, type Opportunity, opportunityStatuses } from "./records.ts";

const advice = [
  "Publish a comparison page",
  "Answer the questions that models get wrong",
  "Be cited by an independent review",
] as const;

export function suggestOpportunities(brand: Brand): readonly Opportunity[] {
  return advice.map((line, index) => ({
    id: derivedId("opportunity", brand.id, index),
    brandId: brand.id,
    title: `${line} (stand-in advice)`,
    status: "TODO",
    createdAt: brand.createdAt,
  }));
}

export function listOpportunities({ environment, query }: Call, record: BrandRecord): Answer {
  const fields = Fields.ofQuery(query);
  const status = fields.choice("status", opportunityStatuses);
  if (fields.problem) return fields.problem;
  const all = environment.records.opportunities.all(record);
  return found(all.filter((item) => status === undefined || item.status === status));
}

export function updateOpportunity(
  { environment, body }: Call,
  record: BrandRecord,
  opportunityId: string,
): Answer {
  const { opportunities } = environment.records;
  const opportunity = opportunities.find(record, opportunityId);
  if (opportunity === undefined) return absent("Opportunity");
  const fields = Fields.ofBody(body);
  const status = fields.requiredChoice("status", opportunityStatuses, opportunity.status);
  if (fields.problem) return fields.problem;
  const updated: Opportunity = { ...opportunity, status };
  opportunities.replace(record, updated);
  return found(updated);
}
