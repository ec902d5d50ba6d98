// The Mentova API by itself: it measures (here: pretends to measure) how often models mention a
// brand. It believes what it is told of its caller and knows nothing of keys, rates or credits.

import { assert, type Clock, type Random } from "sluice/base";
import { type AvatarDraft, insertAvatar } from "./avatars.ts";
import { type BrandDraft, insertBrand } from "./brands.ts";
import type { Answer, Environment } from "./call.ts";
import type { Caller } from "./caller.ts";
import { type Campaign, type CampaignDraft, insertCampaign, planCampaign } from "./campaigns.ts";
import { createMemoryRecords } from "./memory-records.ts";
import { absent, Problem } from "./problem.ts";
import type { Avatar, Brand, BrandRecord, Records, Topic } from "./records.ts";
import { matchRoute } from "./routes.ts";
import { insertTopic, type TopicDraft } from "./topics.ts";

export type { AvatarDraft } from "./avatars.ts";
export type { BrandDraft } from "./brands.ts";
export type { Caller, LimitName } from "./caller.ts";
export type { Campaign, CampaignDraft, CampaignWithResults } from "./campaigns.ts";
export type { Competitor, Source, Visibility } from "./insights.ts";
export type { ProblemKind } from "./problem.ts";
export type { CampaignStatus } from "./progress.ts";
export type { Prompt } from "./prompts.ts";
export type {
  Avatar,
  Brand,
  BrandRecord,
  Opportunity,
  OpportunityStatus,
  Records,
  Topic,
} from "./records.ts";
export type { Model } from "./slots.ts";
export type { TopicDraft } from "./topics.ts";

export interface MentovaUpstreamOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** How long a campaign stays `PENDING`, in milliseconds. Default: 5000. */
  readonly campaignDelayMs?: number;
  /** Where its data is. Default: in memory, and gone with the process. */
  readonly records?: Records;
}

/**
 * The `add…` methods put things in place before there are callers. They know no limits, and throw
 * where a caller would be told of a problem: a wrong seed is a mistake in the program.
 */
export interface MentovaUpstream {
  readonly fetch: (request: Request, caller: Caller) => Promise<Response>;
  addBrand(accountId: string, draft: BrandDraft): Brand;
  addTopic(accountId: string, brandId: string, draft: TopicDraft): Topic;
  addAvatar(accountId: string, brandId: string, draft: AvatarDraft): Avatar;
  addCampaign(accountId: string, brandId: string, draft: CampaignDraft): Campaign;
}

export function createMentovaUpstream(options: MentovaUpstreamOptions): MentovaUpstream {
  const { clock, random, campaignDelayMs = 5000, records = createMemoryRecords() } = options;
  assert(
    Number.isSafeInteger(campaignDelayMs) && campaignDelayMs >= 0,
    "campaignDelayMs must be a whole number of at least 0",
  );
  const environment: Environment = { records, clock, random, campaignDelayMs };
  const add = <T>(work: () => T | Problem): T => records.write(() => orThrow(work()));
  const addUnder = <T>(
    accountId: string,
    brandId: string,
    work: (brand: BrandRecord) => T | Problem,
  ): T =>
    add(() => {
      const brand = records.brands.find(accountId, brandId);
      return brand === undefined ? absent("Brand") : work(brand);
    });
  return {
    fetch: async (request, caller) => respond(await answer(environment, request, caller)),
    addBrand: (accountId, draft) => add(() => insertBrand(environment, accountId, draft, Infinity)),
    addTopic: (accountId, brandId, draft) =>
      addUnder(accountId, brandId, (brand) => insertTopic(environment, brand, draft)),
    addAvatar: (accountId, brandId, draft) =>
      addUnder(accountId, brandId, (brand) => insertAvatar(environment, brand, draft, Infinity)),
    addCampaign: (accountId, brandId, draft) =>
      addUnder(accountId, brandId, (brand) => {
        const plan = planCampaign(environment, brand, draft, Infinity);
        return plan instanceof Problem ? plan : insertCampaign(environment, brand, plan);
      }),
  };
}

async function answer(environment: Environment, request: Request, caller: Caller): Promise<Answer> {
  const { pathname, searchParams: query } = new URL(request.url);
  const match = matchRoute(request.method, pathname);
  if (match === undefined) return absent("Route");
  const body = await readBody(request);
  if (body instanceof Problem) return body;
  const work = () => match.handler({ environment, caller, query, body }, ...match.ids);
  return request.method === "GET"
    ? environment.records.read(work)
    : environment.records.write(work);
}

async function readBody(request: Request): Promise<unknown> {
  if (request.method !== "POST" && request.method !== "PATCH") return undefined;
  try {
    return await request.json();
  } catch {
    // Not JSON, or cut off on its way. Why is not the caller's business, and may quote the body.
    return new Problem("unacceptable", "The body must be JSON.");
  }
}

function respond(answer: Answer): Response {
  const body = answer instanceof Problem ? answer : answer.body;
  return Response.json(body, { status: answer.status });
}

function orThrow<T>(outcome: T | Problem): T {
  if (outcome instanceof Problem) throw new Error(outcome.detail);
  return outcome;
}
