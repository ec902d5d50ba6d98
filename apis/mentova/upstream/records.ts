// All that this API remembers, and what it asks of wherever that is kept. Everything hangs under its
// account and brand: another account's things cannot be reached by accident, and a deleted brand
// takes its belongings along.

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
  readonly id: string;
  readonly topic: Topic;
  readonly prompts: readonly PromptRecord[];
}

export interface PromptRecord {
  readonly id: string;
  readonly text: string;
}

export interface CampaignRecord {
  readonly id: string;
  readonly topic: { readonly id: string; readonly seed: string };
  readonly models: readonly Model[];
  readonly runsPerModel: number;
  /** The campaign asks the first so many prompts of its topic. */
  readonly promptCount: number;
  readonly createdAtMs: number;
  readonly completedAtMs: number;
  /** On the monotonic clock, which says nothing to another opening than the one that read it. */
  readonly completesAtMonotonicMs: number;
  readonly opening: number;
}

/** Comes from a look-up by its account only, so whoever holds one may have what is under it. */
export interface BrandRecord {
  readonly accountId: string;
  readonly brand: Brand;
  readonly createdAtMs: number;
}

/** The brands of every account; lists are in order of creation, whatever the clock did. */
export interface Brands {
  ofAccount(accountId: string): readonly BrandRecord[];
  count(accountId: string): number;
  find(accountId: string, brandId: string): BrandRecord | undefined;
  /** The brand of this name, or of one that a reader would take for it. */
  named(accountId: string, name: string): BrandRecord | undefined;
  insert(record: BrandRecord): void;
  replace(record: BrandRecord): void;
  /** Takes along everything under the brand. */
  remove(record: BrandRecord): void;
}

/** Things of one kind, each under its brand; lists are in order of creation. */
export interface Shelf<T extends { readonly id: string }> {
  all(brand: BrandRecord): readonly T[];
  newestFirst(brand: BrandRecord, page: Page): readonly T[];
  count(brand: BrandRecord): number;
  find(brand: BrandRecord, id: string): T | undefined;
  insert(brand: BrandRecord, item: T): void;
  replace(brand: BrandRecord, item: T): void;
  /** Whether there was one. */
  remove(brand: BrandRecord, id: string): boolean;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/**
 * Whoever looks or changes does so inside `read` or `write`. The work is synchronous; inside another
 * one's work it becomes a part of that.
 */
export interface Records {
  /** A number that no other opening of these records has, before or at the same time. */
  readonly opening: number;
  readonly brands: Brands;
  /** A topic takes its campaigns along. */
  readonly topics: Shelf<TopicRecord>;
  readonly campaigns: Shelf<CampaignRecord>;
  readonly avatars: Shelf<Avatar>;
  readonly opportunities: Shelf<Opportunity>;
  /** Sees one state, whatever others write meanwhile. */
  read<T>(work: () => T): T;
  /** Nobody else writes meanwhile: what is counted stays true until what relies on it is in. */
  write<T>(work: () => T): T;
  /** Whether the id was free; from then on it is not, even when what bears it is deleted. */
  claimId(id: string): boolean;
}
