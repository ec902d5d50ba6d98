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
import { mintId } from "./identifiers.ts";
import { suggestOpportunities } from "./opportunities.ts";
import { absent, Problem } from "./problem.ts";
import type { Brand, BrandRecord } from "./records.ts";

export interface BrandDraft {
  readonly name: string;
  readonly domain?: string | null | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly language?: string | null | undefined;
  readonly country?: string | null | undefined;
}

export function listBrands({ environment, caller }: Call): Answer {
  return found(environment.records.brandsOf(caller.accountId).map(({ brand }) => brand));
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

/** Counts and inserts in one go, so parallel calls cannot exceed the limit between them. */
export function insertBrand(
  environment: Environment,
  accountId: string,
  draft: BrandDraft,
  limit: number,
): Brand | Problem {
  const brands = environment.records.brandsOf(accountId);
  // The name comes first: whoever repeats a create whose answer was lost must learn that it
  // worked, even when that very brand filled the plan.
  if (isNameTaken(brands, draft.name)) return duplicateName();
  if (brands.length >= limit) {
    return new Problem("plan_limit", `The plan's limit of brands is reached (${limit}).`);
  }
  const createdAtMs = environment.clock.wallMs();
  const brand: Brand = {
    id: mintId(environment.random),
    name: draft.name,
    domain: draft.domain ?? null,
    aliases: draft.aliases ?? [],
    language: draft.language ?? null,
    country: draft.country ?? null,
    autoWeeklyAnalysis: false,
    createdAt: isoDate(createdAtMs),
  };
  environment.records.insertBrand(accountId, {
    brand,
    createdAtMs,
    topics: new Map(),
    campaigns: new Map(),
    avatars: new Map(),
    opportunities: new Map(suggestOpportunities(brand).map((item) => [item.id, item])),
  });
  return brand;
}

export function getBrand(_: Call, record: BrandRecord): Answer {
  return found(record.brand);
}

export function updateBrand({ environment, caller, body }: Call, record: BrandRecord): Answer {
  const fields = Fields.ofBody(body);
  const { brand } = record;
  const name = fields.optionalText("name") ?? brand.name;
  const domain = fields.nullableText("domain");
  const aliases = fields.texts("aliases") ?? brand.aliases;
  const language = fields.nullableText("language");
  const country = fields.nullableText("country");
  const autoWeeklyAnalysis = fields.flag("autoWeeklyAnalysis") ?? brand.autoWeeklyAnalysis;
  if (fields.problem) return fields.problem;
  const others = environment.records.brandsOf(caller.accountId).filter((other) => other !== record);
  if (isNameTaken(others, name)) return duplicateName();
  record.brand = {
    ...brand,
    name,
    domain: domain === undefined ? brand.domain : domain,
    aliases,
    language: language === undefined ? brand.language : language,
    country: country === undefined ? brand.country : country,
    autoWeeklyAnalysis,
  };
  return found(record.brand);
}

export function deleteBrand({ environment, caller }: Call, brandId: string): Answer {
  return environment.records.deleteBrand(caller.accountId, brandId) ? deleted() : absent("Brand");
}

function isNameTaken(brands: readonly BrandRecord[], name: string): boolean {
  const folded = foldName(name);
  return brands.some(({ brand }) => foldName(brand.name) === folded);
}

/** Names that a reader would take for the same one are the same one. */
function foldName(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}

function duplicateName(): Problem {
  return new Problem("duplicate", "A brand with this name already exists.", "name");
}
