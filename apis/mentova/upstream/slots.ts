// What a campaign takes: each model weighs 1, 3 or 5 slots, and a campaign costs its prompts times
// the slots of its models. Runs per model do not enter the price.

const standard = 1;
const premium = 3;
const ultra = 5;

const slotsByModel = {
  GPT4O_MINI: standard,
  CLAUDE_HAIKU: standard,
  GEMINI_FLASH: standard,
  LLAMA: standard,
  DEEPSEEK: standard,
  GPT4O: premium,
  CLAUDE_SONNET: premium,
  GEMINI_PRO: premium,
  GROK_3: premium,
  MISTRAL_LARGE: premium,
  CLAUDE_OPUS: ultra,
} as const;

export type Model = keyof typeof slotsByModel;

export const models = Object.keys(slotsByModel) as readonly Model[];

/** The models of a brand that has not chosen any; there is no way yet to choose others. */
export const brandModels: readonly Model[] = ["GPT4O_MINI", "CLAUDE_HAIKU"];

export function slotsOf(chosen: readonly Model[]): number {
  return chosen.reduce((sum, model) => sum + slotsByModel[model], 0);
}

export function creditsFor(promptCount: number, chosen: readonly Model[]): number {
  return promptCount * slotsOf(chosen);
}
