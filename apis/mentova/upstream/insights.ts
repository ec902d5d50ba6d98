// Visibility, competitors and sources: what an analysis of a brand would say. All of it is made up
// from the brand's id, stays the same from call to call, and names nobody who exists.

import { DAY_MS } from "sluice/base";
import { type Answer, type Call, type Environment, found, isoDate } from "./call.ts";
import { Fields } from "./fields.ts";
import { hash, madeUpPercent, oneDecimal } from "./hash.ts";
import { derivedId } from "./identifiers.ts";
import { statusOf } from "./progress.ts";
import type { BrandRecord } from "./records.ts";
import { models } from "./slots.ts";

export interface Visibility {
  readonly mentionRate: number;
  readonly sov: readonly {
    readonly name: string;
    readonly mentionRate: number;
    readonly shareOfVoice: number;
  }[];
  readonly timeline: readonly { readonly date: string; readonly mentionRate: number }[];
}

export interface Competitor {
  readonly id: string;
  readonly name: string;
  readonly domain: null;
  readonly mentionRate: number;
  readonly coOccurrenceRate: number;
  readonly rank: number;
}

export interface Source {
  readonly url: string;
  readonly domain: string;
  readonly citationCount: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

const defaultDays = 30;
const maxDays = 365;
const rivals = ["Stand-in Rival A", "Stand-in Rival B", "Stand-in Rival C"] as const;
// Domains that are reserved for documentation and can belong to nobody.
const sourceDomains = ["example.com", "example.net", "example.org"] as const;

export function getVisibility({ environment, query }: Call, record: BrandRecord): Answer {
  const brandId = record.brand.id;
  const fields = Fields.ofQuery(query);
  const days = fields.whole("days", { min: 1, max: maxDays }) ?? defaultDays;
  const model = fields.choice("model", models) ?? "all";
  if (fields.problem) return fields.problem;
  const timeline = timelineOf(environment, brandId, days, model);
  const mentionRate = oneDecimal(
    timeline.reduce((sum, point) => sum + point.mentionRate, 0) / timeline.length,
  );
  const rates = [
    { name: record.brand.name, mentionRate },
    ...rivals.map((name) => ({ name, mentionRate: rivalRate(brandId, name, model) })),
  ];
  const total = rates.reduce((sum, voice) => sum + voice.mentionRate, 0);
  const sov = rates.map((voice) => ({
    ...voice,
    shareOfVoice: oneDecimal((100 * voice.mentionRate) / total),
  }));
  const visibility: Visibility = { mentionRate, sov, timeline };
  return found(visibility);
}

/** One point a day, oldest first, today last; a date keeps its number while the window moves. */
function timelineOf(
  { clock }: Environment,
  brandId: string,
  days: number,
  model: string,
): Visibility["timeline"] {
  const nowMs = clock.wallMs();
  return Array.from({ length: days }, (_, index) => {
    const date = isoDate(nowMs - (days - 1 - index) * DAY_MS).slice(0, "YYYY-MM-DD".length);
    const mentionRate = madeUpPercent({ low: 30, high: 50 }, "visibility", brandId, model, date);
    return { date, mentionRate };
  });
}

export function listCompetitors(_: Call, record: BrandRecord): Answer {
  const brandId = record.brand.id;
  const leaderboard: readonly Competitor[] = rivals
    .map((name) => ({ name, mentionRate: rivalRate(brandId, name, "all") }))
    .sort((a, b) => b.mentionRate - a.mentionRate)
    .map(({ name, mentionRate }, index) => ({
      id: derivedId("competitor", brandId, name),
      name,
      domain: null,
      mentionRate,
      coOccurrenceRate: madeUpPercent({ low: 1, high: 25 }, "together", brandId, name),
      rank: index + 1,
    }));
  return found(leaderboard);
}

function rivalRate(brandId: string, name: string, model: string): number {
  return madeUpPercent({ low: 10, high: 60 }, "rival", brandId, name, model);
}

export function listSources({ environment }: Call, record: BrandRecord): Answer {
  const lastSeenAt = isoDate(lastAnalysisAtMs(environment, record));
  const sources: readonly Source[] = sourceDomains
    .map((domain) => ({
      url: `https://${domain}/stand-in-source`,
      domain,
      citationCount: 1 + (hash("source", record.brand.id, domain) % 50),
      firstSeenAt: isoDate(record.createdAtMs),
      lastSeenAt,
    }))
    .sort((a, b) => b.citationCount - a.citationCount);
  return found(sources);
}

function lastAnalysisAtMs(environment: Environment, record: BrandRecord): number {
  const completedAtMs = environment.records.campaigns
    .all(record)
    .filter((campaign) => statusOf(environment, campaign) === "COMPLETED")
    .map((campaign) => campaign.completedAtMs);
  return completedAtMs.reduce((latest, atMs) => Math.max(latest, atMs), record.createdAtMs);
}
