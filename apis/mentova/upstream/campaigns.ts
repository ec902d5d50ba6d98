// Campaigns: the prompts of a topic, put to models. A launch is planned first (is it possible, what
// would it cost?); a quote stops there, and a launch goes on to record it.

import { type Answer, type Call, created, type Environment, found, isoDate } from "./call.ts";
import { limitOf } from "./caller.ts";
import { Fields } from "./fields.ts";
import { madeUpPercent } from "./hash.ts";
import { newId } from "./new-id.ts";
import { defaultPageSize, maxPageSize } from "./paging.ts";
import { absent, Problem } from "./problem.ts";
import { type CampaignStatus, statusOf } from "./progress.ts";
import type { BrandRecord, CampaignRecord, Topic } from "./records.ts";
import { brandModels, creditsFor, type Model, models, slotsOf } from "./slots.ts";
import { findTopic } from "./topics.ts";

const defaultRunsPerModel = 3;
const maxRunsPerModel = 20;

export interface Campaign {
  readonly id: string;
  readonly status: CampaignStatus;
  readonly createdAt: string;
  readonly completedAt: string | null;
  readonly models: readonly Model[];
  readonly runsPerModel: number;
  readonly topic: { readonly id: string; readonly seed: string };
  readonly _count: { readonly runs: number };
}

/** One campaign looked at by itself also shows what each model answered, once there is any. */
export interface CampaignWithResults extends Campaign {
  readonly results: readonly { readonly model: Model; readonly mentionRate: number }[];
}

export interface CampaignDraft {
  readonly topicId: string;
  readonly models?: readonly Model[] | undefined;
  readonly runsPerModel?: number | undefined;
  readonly maxPrompts?: number | undefined;
}

interface CampaignPlan {
  readonly topic: Topic;
  readonly models: readonly Model[];
  readonly runsPerModel: number;
  readonly promptCount: number;
}

export function listCampaigns({ environment, query }: Call, record: BrandRecord): Answer {
  const fields = Fields.ofQuery(query);
  const limit = Math.min(fields.whole("limit", { min: 1 }) ?? defaultPageSize, maxPageSize);
  const offset = fields.whole("offset", { min: 0 }) ?? 0;
  if (fields.problem) return fields.problem;
  const { campaigns } = environment.records;
  const data = campaigns
    .newestFirst(record, { limit, offset })
    .map((campaign) => show(environment, campaign));
  return { status: 200, body: { data, total: campaigns.count(record), limit, offset } };
}

export function getCampaign(
  { environment }: Call,
  record: BrandRecord,
  campaignId: string,
): Answer {
  const campaign = environment.records.campaigns.find(record, campaignId);
  if (campaign === undefined) return absent("Campaign");
  const shown: CampaignWithResults = {
    ...show(environment, campaign),
    results: resultsOf(environment, campaign),
  };
  return found(shown);
}

export function quoteCampaign(call: Call, record: BrandRecord): Answer {
  const plan = planOf(call, record);
  if (plan instanceof Problem) return plan;
  return { status: 200, body: { credits: creditsFor(plan.promptCount, plan.models) } };
}

export function launchCampaign(call: Call, record: BrandRecord): Answer {
  const plan = planOf(call, record);
  return plan instanceof Problem ? plan : created(insertCampaign(call.environment, record, plan));
}

function planOf({ environment, caller, body }: Call, record: BrandRecord): CampaignPlan | Problem {
  const fields = Fields.ofBody(body);
  const draft: CampaignDraft = {
    topicId: fields.text("topicId"),
    models: fields.choices("models", models),
    runsPerModel: fields.whole("runsPerModel", { min: 1, max: maxRunsPerModel }),
    maxPrompts: fields.whole("maxPrompts", { min: 1 }),
  };
  if (fields.problem) return fields.problem;
  return planCampaign(environment, record, draft, limitOf(caller, "slotsPerCampaign"));
}

export function planCampaign(
  environment: Environment,
  record: BrandRecord,
  draft: CampaignDraft,
  slotLimit: number,
): CampaignPlan | Problem {
  const topicRecord = findTopic(environment, record, draft.topicId, "topicId");
  if (topicRecord instanceof Problem) return topicRecord;
  const { topic, prompts } = topicRecord;
  const chosen = draft.models ?? brandModels;
  const slots = slotsOf(chosen);
  if (slots > slotLimit) {
    const detail = `The models take ${slots} slots; the plan allows ${slotLimit} per campaign.`;
    return new Problem("plan_limit", detail, "models");
  }
  return {
    topic,
    models: chosen,
    runsPerModel: draft.runsPerModel ?? defaultRunsPerModel,
    promptCount: Math.min(prompts.length, draft.maxPrompts ?? prompts.length),
  };
}

export function insertCampaign(
  environment: Environment,
  record: BrandRecord,
  plan: CampaignPlan,
): Campaign {
  const createdAtMs = environment.clock.wallMs();
  const campaign: CampaignRecord = {
    ...plan,
    topic: { id: plan.topic.id, seed: plan.topic.seed },
    id: newId(environment),
    createdAtMs,
    completedAtMs: createdAtMs + environment.campaignDelayMs,
    completesAtMonotonicMs: environment.clock.monotonicMs() + environment.campaignDelayMs,
    opening: environment.records.opening,
  };
  environment.records.campaigns.insert(record, campaign);
  return show(environment, campaign);
}

function show(environment: Environment, campaign: CampaignRecord): Campaign {
  const { id, topic, runsPerModel, promptCount } = campaign;
  const status = statusOf(environment, campaign);
  return {
    id,
    status,
    createdAt: isoDate(campaign.createdAtMs),
    completedAt: status === "COMPLETED" ? isoDate(campaign.completedAtMs) : null,
    models: campaign.models,
    runsPerModel,
    topic,
    _count: { runs: promptCount * campaign.models.length * runsPerModel },
  };
}

function resultsOf(
  environment: Environment,
  campaign: CampaignRecord,
): CampaignWithResults["results"] {
  if (statusOf(environment, campaign) !== "COMPLETED") return [];
  return campaign.models.map((model) => ({
    model,
    mentionRate: madeUpPercent({ low: 5, high: 80 }, "campaign", campaign.id, model),
  }));
}
