// What callers ask of Mentova: campaigns, which cost a number of credits that is known beforehand.

import { free, type Wishes } from "./wishes.ts";

/** What a prompt costs with these models. */
const choices = [
  { models: ["GPT4O_MINI"], slots: 1 },
  { models: ["GPT4O_MINI", "CLAUDE_HAIKU"], slots: 2 },
  { models: ["GPT4O", "LLAMA"], slots: 4 },
] as const;
const promptsOfTopic = 10;

export interface Place {
  readonly brand: string;
  readonly topic: string;
  /** A brand of somebody else. */
  readonly foreignBrand: string;
}

export function mentovaWishes({ brand, topic, foreignBrand }: Place): Wishes {
  const path = `/brands/${brand}/campaigns`;
  return {
    work(random) {
      const { models, slots } = random.pick(choices);
      const maxPrompts = 1 + random.integer(promptsOfTopic);
      const body = JSON.stringify({ topicId: topic, models, maxPrompts });
      return { path, body, manner: "call", credits: maxPrompts * slots };
    },
    read: (random) =>
      free(random.pick(["/brands", `/brands/${brand}`, `/brands/${brand}/campaigns?limit=3`])),
    refused: (random) =>
      random.pick([
        free(path, JSON.stringify({ topicId: "none" })),
        free(path, '{"topicId":'),
        free(`/brands/${foreignBrand}/campaigns`, JSON.stringify({ topicId: topic })),
      ]),
  };
}
