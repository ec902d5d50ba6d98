// The models that prompts can be put to.

import { z } from "zod";

export const model = z.enum([
  "GPT4O_MINI",
  "CLAUDE_HAIKU",
  "GEMINI_FLASH",
  "LLAMA",
  "DEEPSEEK",
  "GPT4O",
  "CLAUDE_SONNET",
  "GEMINI_PRO",
  "GROK_3",
  "MISTRAL_LARGE",
  "CLAUDE_OPUS",
]);
