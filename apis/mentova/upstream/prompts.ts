// Prompts: the questions of a topic. A stand-in cannot write good ones, so it fills a seed into ten
// sentences, each of which says what it is; their results come from the campaigns that asked them.

import { type Answer, type Call, type Environment, found } from "./call.ts";
import { Fields } from "./fields.ts";
import { madeUpPercent } from "./hash.ts";
import { derivedId } from "./identifiers.ts";
import { defaultPageSize, maxPageSize } from "./paging.ts";
import { type CampaignStatus, campaignStatuses, statusOf } from "./progress.ts";
import type { BrandRecord, CampaignRecord, PromptRecord, Topic, TopicRecord } from "./records.ts";
import { type Model, models } from "./slots.ts";

export interface Prompt {
  readonly id: string;
  readonly topicId: string;
  readonly text: string;
  /** `COMPLETED` once a completed campaign has asked it. */
  readonly status: CampaignStatus;
  /** The models that campaigns have put it to, or are putting it to. */
  readonly models: readonly Model[];
  readonly mentionRate: number | null;
  readonly createdAt: string;
}

const questions = [
  "What are the best options for",
  "Who leads the market in",
  "Which brands would you recommend for",
  "What should a beginner know about",
  "What do experts say about",
  "Which alternatives exist for",
  "What are common complaints about",
  "Who offers the best value for",
  "What is new in",
  "How do I choose a provider of",
] as const;

export function writePrompts(topic: Topic): readonly PromptRecord[] {
  return questions.map((question, index) => ({
    id: derivedId("prompt", topic.id, index),
    text: `${question} "${topic.seed}"? (stand-in prompt)`,
  }));
}

export function listPrompts({ environment, query }: Call, record: BrandRecord): Answer {
  const fields = Fields.ofQuery(query);
  const model = fields.choice("model", models);
  const status = fields.choice("status", campaignStatuses);
  const page = fields.whole("page", { min: 1 }) ?? 1;
  const limit = Math.min(fields.whole("limit", { min: 1 }) ?? defaultPageSize, maxPageSize);
  if (fields.problem) return fields.problem;
  const { topics, campaigns } = environment.records;
  const asking = campaigns
    .all(record)
    .filter((campaign) => model === undefined || campaign.models.includes(model));
  const prompts = topics
    .all(record)
    .flatMap((topic) => promptsOf(environment, topic, asking, model))
    .filter((prompt) => status === undefined || prompt.status === status);
  const offset = (page - 1) * limit;
  return found(prompts.slice(offset, offset + limit));
}

/** With a model: only the prompts put to it, and only what it answered. */
function promptsOf(
  environment: Environment,
  { topic, prompts }: TopicRecord,
  asking: readonly CampaignRecord[],
  model: Model | undefined,
): readonly Prompt[] {
  const campaigns = asking.filter((campaign) => campaign.topic.id === topic.id);
  return prompts.flatMap((prompt, index) => {
    const askedBy = campaigns.filter((campaign) => index < campaign.promptCount);
    if (model !== undefined && askedBy.length === 0) return [];
    return [describe(environment, topic, prompt, askedBy, model)];
  });
}

function describe(
  environment: Environment,
  topic: Topic,
  prompt: PromptRecord,
  askedBy: readonly CampaignRecord[],
  model: Model | undefined,
): Prompt {
  const completed = askedBy.some((campaign) => statusOf(environment, campaign) === "COMPLETED");
  return {
    id: prompt.id,
    topicId: topic.id,
    text: prompt.text,
    status: completed ? "COMPLETED" : "PENDING",
    models: [...new Set(askedBy.flatMap((campaign) => campaign.models))],
    mentionRate: completed
      ? madeUpPercent({ low: 5, high: 80 }, "prompt", prompt.id, model ?? "all")
      : null,
    createdAt: topic.createdAt,
  };
}
