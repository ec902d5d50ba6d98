// Records in memory: one process has them, and they are gone with it. Nothing can come between a
// look and a change, since all work is synchronous.

import { assert } from "sluice/base";
import { foldName } from "./names.ts";
import type {
  Avatar,
  BrandRecord,
  Brands,
  CampaignRecord,
  Opportunity,
  Page,
  Records,
  Shelf,
  TopicRecord,
} from "./records.ts";

export function createMemoryRecords(): Records {
  const campaigns = new MemoryShelf<CampaignRecord>();
  const topics = new TopicShelf(campaigns);
  const avatars = new MemoryShelf<Avatar>();
  const opportunities = new MemoryShelf<Opportunity>();
  const claimed = new Set<string>();
  return {
    opening: 1,
    brands: new MemoryBrands([topics, campaigns, avatars, opportunities]),
    topics,
    campaigns,
    avatars,
    opportunities,
    read: (work) => work(),
    write: (work) => work(),
    claimId(id) {
      const isFree = !claimed.has(id);
      claimed.add(id);
      return isFree;
    },
  };
}

/** Maps keep the order of insertion, and keep it when a thing is replaced. */
class MemoryBrands implements Brands {
  readonly #byAccount = new Map<string, Map<string, BrandRecord>>();
  readonly #shelves: readonly { clear(brand: BrandRecord): void }[];

  constructor(shelves: readonly { clear(brand: BrandRecord): void }[]) {
    this.#shelves = shelves;
  }

  ofAccount(accountId: string): readonly BrandRecord[] {
    return [...(this.#byAccount.get(accountId)?.values() ?? [])];
  }

  count(accountId: string): number {
    return this.#byAccount.get(accountId)?.size ?? 0;
  }

  find(accountId: string, brandId: string): BrandRecord | undefined {
    return this.#byAccount.get(accountId)?.get(brandId);
  }

  named(accountId: string, name: string): BrandRecord | undefined {
    const folded = foldName(name);
    return this.ofAccount(accountId).find(({ brand }) => foldName(brand.name) === folded);
  }

  insert(record: BrandRecord): void {
    const brands = this.#byAccount.get(record.accountId) ?? new Map<string, BrandRecord>();
    brands.set(record.brand.id, record);
    this.#byAccount.set(record.accountId, brands);
  }

  replace(record: BrandRecord): void {
    assert(this.find(record.accountId, record.brand.id), "Only a brand that is there is replaced");
    this.insert(record);
  }

  remove(record: BrandRecord): void {
    const brands = this.#byAccount.get(record.accountId);
    brands?.delete(record.brand.id);
    if (brands?.size === 0) this.#byAccount.delete(record.accountId);
    for (const shelf of this.#shelves) shelf.clear(record);
  }
}

class MemoryShelf<T extends { readonly id: string }> implements Shelf<T> {
  readonly #byBrand = new Map<string, Map<string, T>>();

  all({ brand }: BrandRecord): readonly T[] {
    return [...(this.#byBrand.get(brand.id)?.values() ?? [])];
  }

  newestFirst(brand: BrandRecord, { limit, offset }: Page): readonly T[] {
    return this.all(brand)
      .toReversed()
      .slice(offset, offset + limit);
  }

  count({ brand }: BrandRecord): number {
    return this.#byBrand.get(brand.id)?.size ?? 0;
  }

  find({ brand }: BrandRecord, id: string): T | undefined {
    return this.#byBrand.get(brand.id)?.get(id);
  }

  insert({ brand }: BrandRecord, item: T): void {
    const items = this.#byBrand.get(brand.id) ?? new Map<string, T>();
    items.set(item.id, item);
    this.#byBrand.set(brand.id, items);
  }

  replace(brand: BrandRecord, item: T): void {
    assert(this.find(brand, item.id), "Only a thing that is there is replaced");
    this.insert(brand, item);
  }

  remove({ brand }: BrandRecord, id: string): boolean {
    return this.#byBrand.get(brand.id)?.delete(id) ?? false;
  }

  clear({ brand }: BrandRecord): void {
    this.#byBrand.delete(brand.id);
  }
}

class TopicShelf extends MemoryShelf<TopicRecord> {
  readonly #campaigns: Shelf<CampaignRecord>;

  constructor(campaigns: Shelf<CampaignRecord>) {
    super();
    this.#campaigns = campaigns;
  }

  override remove(brand: BrandRecord, id: string): boolean {
    for (const campaign of this.#campaigns.all(brand)) {
      if (campaign.topic.id === id) this.#campaigns.remove(brand, campaign.id);
    }
    return super.remove(brand, id);
  }
}
