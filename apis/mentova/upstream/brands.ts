// Brands: what an account has measured. A name is unique within its account, and the plan says how
// many brands there may be.

import {
  type Answer,
  type Call,
  created,
  deleted,
  type Environment,
  found,
  isoDate,
} from "./call.ts";
import { limitOf } from "./caller.ts";
import { Fields } from "./fields.ts";
import { newId } from "./new-id.ts";
import { suggestOpportunities } from "./opportunities.ts";
import { Problem } from "./problem.ts";
import type { Brand, BrandRecord } from "./records.ts";

export interface BrandDraft {
  readonly name: string;
  readonly domain?: string | null | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly language?: string | null | undefined;
  readonly country?: string | null | undefined;
}

export function listBrands({ environment, caller }: Call): Answer {
  return found(environment.records.brands.ofAccount(caller.accountId).map(({ brand }) => brand));
}

export function createBrand({ environment, caller, body }: Call): Answer {
  const fields = Fields.ofBody(body);
  const draft: BrandDraft = {
    name: fields.text("name"),
    domain: fields.nullableText("domain"),
    aliases: fields.texts("aliases"),
    language: fields.nullableText("language"),
    country: fields.nullableText("country"),
  };
  if (fields.problem) return fields.problem;
  const brand = insertBrand(environment, caller.accountId, draft, limitOf(caller, "brands"));
  return brand instanceof Problem ? brand : created(brand);
}

export function insertBrand(
  environment: Environment,
  accountId: string,
  draft: BrandDraft,
  limit: number,
): Brand | Problem {
  const { brands, opportunities } = environment.records;
  // The name comes first: whoever repeats a create whose answer was lost must learn that it
  // worked, even when that very brand filled the plan.
  if (brands.named(accountId, draft.name)) return duplicateName();
  if (brands.count(accountId) >= limit) {
    return new Problem("plan_limit", `The plan's limit of brands is reached (${limit}).`);
  }
  const createdAtMs = environment.clock.wallMs();
  const brand: Brand = {
    id: newId(environment),
    name: draft.name,
    domain: draft.domain ?? null,
    aliases: draft.aliases ?? [],
    language: draft.language ?? null,
    country: draft.country ?? null,
    autoWeeklyAnalysis: false,
    createdAt: isoDate(createdAtMs),
  };
  const record: BrandRecord = { accountId, brand, createdAtMs };
  brands.insert(record);
  for (const opportunity of suggestOpportunities(brand)) opportunities.insert(record, opportunity);
  return brand;
}

export function getBrand(_: Call, record: BrandRecord): Answer {
  return found(record.brand);
}

export function updateBrand({ environment, body }: Call, record: BrandRecord): Answer {
  const fields = Fields.ofBody(body);
  const { brands } = environment.records;
  const { brand, accountId } = record;
  const name = fields.optionalText("name") ?? brand.name;
  const domain = fields.nullableText("domain");
  const aliases = fields.texts("aliases") ?? brand.aliases;
  const language = fields.nullableText("language");
  const country = fields.nullableText("country");
  const autoWeeklyAnalysis = fields.flag("autoWeeklyAnalysis") ?? brand.autoWeeklyAnalysis;
  if (fields.problem) return fields.problem;
  const namesake = brands.named(accountId, name);
  if (namesake !== undefined && namesake.brand.id !== brand.id) return duplicateName();
  const updated: Brand = {
    ...brand,
    name,
    domain: domain === undefined ? brand.domain : domain,
    aliases,
    language: language === undefined ? brand.language : language,
    country: country === undefined ? brand.country : country,
    autoWeeklyAnalysis,
  };
  brands.replace({ ...record, brand: updated });
  return found(updated);
}

export function deleteBrand({ environment }: Call, record: BrandRecord): Answer {
  environment.records.brands.remove(record);
  return deleted();
}

function duplicateName(): Problem {
  return new Problem("duplicate", "A brand with this name already exists.", "name");
}
