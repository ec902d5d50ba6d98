// Topics: what to ask the models about. A topic's prompts are generated from its seed when it is
// made, and are deleted with it, as are its campaigns.

import {
  type Answer,
  type Call,
  created,
  deleted,
  type Environment,
  found,
  isoDate,
} from "./call.ts";
import { Fields } from "./fields.ts";
import { newId } from "./new-id.ts";
import { absent, type Problem } from "./problem.ts";
import { writePrompts } from "./prompts.ts";
import type { BrandRecord, Topic, TopicRecord } from "./records.ts";

export interface TopicDraft {
  readonly seed: string;
  readonly language?: string | null | undefined;
  readonly country?: string | null | undefined;
}

export function listTopics({ environment }: Call, record: BrandRecord): Answer {
  return found(environment.records.topics.all(record).map(({ topic }) => topic));
}

export function createTopic({ environment, body }: Call, record: BrandRecord): Answer {
  const fields = Fields.ofBody(body);
  const draft: TopicDraft = {
    seed: fields.text("seed"),
    language: fields.nullableText("language"),
    country: fields.nullableText("country"),
  };
  return fields.problem ?? created(insertTopic(environment, record, draft));
}

export function insertTopic(
  environment: Environment,
  record: BrandRecord,
  draft: TopicDraft,
): Topic {
  const topic: Topic = {
    id: newId(environment),
    brandId: record.brand.id,
    seed: draft.seed,
    language: draft.language ?? record.brand.language,
    country: draft.country ?? record.brand.country,
    createdAt: isoDate(environment.clock.wallMs()),
  };
  const prompts = writePrompts(topic);
  environment.records.topics.insert(record, { id: topic.id, topic, prompts });
  return topic;
}

export function findTopic(
  environment: Environment,
  record: BrandRecord,
  topicId: string,
  field?: string,
): TopicRecord | Problem {
  return environment.records.topics.find(record, topicId) ?? absent("Topic", field);
}

export function deleteTopic({ environment }: Call, record: BrandRecord, topicId: string): Answer {
  return environment.records.topics.remove(record, topicId) ? deleted() : absent("Topic");
}
