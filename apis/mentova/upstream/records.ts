// All that this API remembers, in memory. Everything hangs under its account and brand: another
// account's things cannot be reached by accident, and a deleted brand takes its belongings along.

import { absent, type Problem } from "./problem.ts";
import type { Model } from "./slots.ts";

/** Brands, topics, avatars and opportunities are kept just as callers see them. */
export interface Brand {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly aliases: readonly string[];
  readonly language: string | null;
  readonly country: string | null;
  readonly autoWeeklyAnalysis: boolean;
  readonly createdAt: string;
}

export interface Topic {
  readonly id: string;
  readonly brandId: string;
  readonly seed: string;
  readonly language: string | null;
  readonly country: string | null;
  readonly createdAt: string;
}

export interface Avatar {
  readonly id: string;
  readonly brandId: string;
  readonly name: string;
  readonly sector: string | null;
  readonly role: string | null;
  readonly objectives: readonly string[];
  readonly createdAt: string;
}

export const opportunityStatuses = ["TODO", "DONE", "DISMISSED"] as const;
export type OpportunityStatus = (typeof opportunityStatuses)[number];

export interface Opportunity {
  readonly id: string;
  readonly brandId: string;
  readonly title: string;
  readonly status: OpportunityStatus;
  readonly createdAt: string;
}

export interface TopicRecord {
  readonly topic: Topic;
  readonly prompts: readonly PromptRecord[];
}

export interface PromptRecord {
  readonly id: string;
  readonly text: string;
}

export interface CampaignRecord {
  readonly id: string;
  readonly topic: Topic;
  readonly models: readonly Model[];
  readonly runsPerModel: number;
  /** The campaign asks the first so many prompts of its topic. */
  readonly promptCount: number;
  readonly createdAtMs: number;
  /** On the monotonic clock: a campaign that has completed stays so when the wall clock steps. */
  readonly completesAtMonotonicMs: number;
  readonly completedAtMs: number;
}

/** Maps keep the order of insertion, which is the order of creation whatever the clock did. */
export interface BrandRecord {
  brand: Brand;
  readonly createdAtMs: number;
  readonly topics: Map<string, TopicRecord>;
  readonly campaigns: Map<string, CampaignRecord>;
  readonly avatars: Map<string, Avatar>;
  readonly opportunities: Map<string, Opportunity>;
}

export class Records {
  readonly #brandsByAccount = new Map<string, Map<string, BrandRecord>>();

  brandsOf(accountId: string): readonly BrandRecord[] {
    return [...(this.#brandsByAccount.get(accountId)?.values() ?? [])];
  }

  findBrand(accountId: string, brandId: string): BrandRecord | Problem {
    return this.#brandsByAccount.get(accountId)?.get(brandId) ?? absent("Brand");
  }

  insertBrand(accountId: string, record: BrandRecord): void {
    const brands = this.#brandsByAccount.get(accountId) ?? new Map<string, BrandRecord>();
    brands.set(record.brand.id, record);
    this.#brandsByAccount.set(accountId, brands);
  }

  deleteBrand(accountId: string, brandId: string): boolean {
    const brands = this.#brandsByAccount.get(accountId);
    const existed = brands?.delete(brandId) ?? false;
    if (brands?.size === 0) this.#brandsByAccount.delete(accountId);
    return existed;
  }
}
