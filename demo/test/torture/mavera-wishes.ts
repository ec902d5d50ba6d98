// What callers ask of Mavera: responses in one piece and as streams, which may turn out cheaper than what is held
// for them, and jobs that go on after their answer.

import type { Random } from "sluice/base";
import { free, type Wish, type Wishes } from "./wishes.ts";

/** A thousand tokens cost one credit more, and four characters are a token; what is answered is short. */
const charactersPerCredit = 4_000;
const creditsMax = 5;
const streamDelaysMs = [0, 20, 150];
const jobDelayMaxMs = 400;
const questionsMax = 20;

export function maveraWishes(foreignWorkspace: string): Wishes {
  return {
    work(random) {
      const dice = random.integer(10);
      if (dice < 4) return response(random, "call");
      if (dice < 8) return response(random, "stream");
      return dice < 9 ? focusGroup(random) : unreadableVideo(random);
    },
    read: (random) => free(random.pick(["/personas?limit=3", "/usage", "/focus-groups?limit=3"])),
    refused: (random) =>
      random.pick([
        free("/responses", JSON.stringify({ model: "gpt-4", input: "Hello" })),
        free("/responses", '{"model":'),
        free(
          "/responses",
          JSON.stringify({
            model: "mavera-1",
            input: "Hello",
            workspace_id: foreignWorkspace,
          }),
        ),
      ]),
  };
}

/** Jobs and nothing else, so that their slots are always taken. */
export function maveraJobs(foreignWorkspace: string): Wishes {
  return {
    ...maveraWishes(foreignWorkspace),
    work: (random) => (random.integer(2) === 0 ? focusGroup(random) : unreadableVideo(random)),
  };
}

function response(random: Random, manner: "call" | "stream"): Wish {
  const credits = 1 + random.integer(creditsMax);
  const input = "x".repeat((credits - 1) * charactersPerCredit + 1);
  const delay = random.pick(streamDelaysMs);
  const stream = manner === "stream";
  const body = JSON.stringify({ model: "mavera-1", input, stream, delay });
  return { path: "/responses", body, manner, credits };
}

/** The smallest sample costs 50, each question 2 more. */
function focusGroup(random: Random): Wish {
  const count = 1 + random.integer(questionsMax);
  const questions = Array.from({ length: count }, (_, n) => `Question ${n}?`);
  const body = { questions, sample_size: 10, delay: random.integer(jobDelayMaxMs) };
  const credits = 50 + 2 * count;
  return { path: "/focus-groups", body: JSON.stringify(body), manner: "job", credits };
}

/** A job that fails: it costs nothing. */
function unreadableVideo(random: Random): Wish {
  const body = JSON.stringify({
    video_url: "https://example.com/unreadable.mp4",
    title: "Unreadable",
    brand: "Acme",
    product: "Running shoes",
    primary_intent: "Persuasive",
    goal: "Find out whether it persuades.",
    delay: random.integer(jobDelayMaxMs),
  });
  return { path: "/video-analyses", body, manner: "job", credits: 0 };
}
