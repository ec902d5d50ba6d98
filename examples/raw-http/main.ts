// Mavera without an SDK: the research agent, a focus group and a video analysis, typed from the contract.

import { readFileSync } from "node:fs";
import { type mavera, wire } from "@sluice-apis/mavera/contract";
import { systemClock } from "sluice/base";
import { createClient } from "sluice/client";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const demo = JSON.parse(readFileSync(`${home}/demo.json`, "utf8")).mavera;
const client = createClient<typeof mavera>(wire, {
  apiKey: demo.keys.enterprise,
  baseUrl: demo.baseUrl,
  plan: "enterprise",
});

const message = await client.call("createMaveMessage", { body: { message: "Who buys shoes?" } });
console.log(`${message.content} (${message.usage.credits_used} credits)`);

const group = await client.call("createFocusGroup", {
  body: { name: "Shoes", questions: ["Would you run in these?"], sample_size: 25 },
});
const video = await client.call("createVideoAnalysis", {
  body: {
    video_url: "https://example.com/unreadable.mp4",
    title: "Spring spot",
    brand: "Acme",
    product: "Running shoes",
    primary_intent: "Persuasive",
    goal: "Find out whether it persuades.",
  },
});

/** A job that failed says so in its own `error`, with a 200: that is an answer, not a refusal. */
async function ended<Job extends { status: string; error: string | null }>(
  look: () => Promise<Job>,
): Promise<Job> {
  for (;;) {
    const job = await look();
    if (job.status === "completed" || job.status === "failed") return job;
    await systemClock.sleep(500);
  }
}

const [groupEnd, videoEnd] = await Promise.all([
  ended(() => client.call("getFocusGroup", { params: { focusGroupId: group.id } })),
  ended(() => client.call("getVideoAnalysis", { params: { videoAnalysisId: video.id } })),
]);
console.log(`focus group: ${groupEnd.status}`);
console.log(`video: ${videoEnd.status}, ${videoEnd.error}`);
