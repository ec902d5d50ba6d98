// Video analyses: what a video does with whoever sees it. Nobody looks at the video.

import { type Answer, type Call, created, found } from "./call.ts";
import { unixSeconds } from "./dates.ts";
import { absent } from "./failure.ts";
import { Fields } from "./fields.ts";
import { jobSteps } from "./job-runner.ts";
import { findJob, insertJob, readJobDraft, showJob, sliceOf } from "./jobs.ts";
import { answerFromOffset } from "./paging.ts";
import { creditsForVideo, secondsOfVideo } from "./prices.ts";
import { type JobRecord, jobStatuses } from "./records.ts";
import { answerTo } from "./stand-in.ts";

const kind = "video_analysis";
const maxUrlLength = 2048;
const name = { min: 2, max: 100 } as const;
const defaultChunkSeconds = 2;
const defaultFramesPerChunk = 4;

/** A video of this name, wherever it is, cannot be read: for callers who want to see a job fail. */
const unreadable = "/unreadable.mp4";
const unreadableError = "The video cannot be read.";

const intents = [
  "Informative",
  "Persuasive",
  "Directive",
  "Expressive",
  "Transactional",
  "Appreciative",
  "Inspirational",
  "Entertainment",
] as const;
type Intent = (typeof intents)[number];

interface Subject {
  readonly video_url: string;
  readonly title: string;
  readonly brand: string;
  readonly product: string;
  readonly primary_intent: Intent;
  readonly secondary_intent: Intent | null;
  readonly tertiary_intent: Intent | null;
  readonly goal: string;
  readonly chunk_duration: number;
  readonly frames_per_chunk: number;
}

export function createVideoAnalysis(call: Call): Answer {
  const fields = Fields.ofBody(call.body);
  const videoUrl = fields.text("video_url", { max: maxUrlLength });
  const path = readPath(fields, videoUrl);
  const draft = readJobDraft(fields);
  const subject: Subject = {
    video_url: videoUrl,
    title: fields.text("title", { min: 3, max: 100 }),
    brand: fields.text("brand", name),
    product: fields.text("product", name),
    primary_intent: fields.requiredChoice("primary_intent", intents, "Informative"),
    secondary_intent: fields.choice("secondary_intent", intents) ?? null,
    tertiary_intent: fields.choice("tertiary_intent", intents) ?? null,
    goal: fields.text("goal", { min: 10, max: 500 }),
    chunk_duration: fields.whole("chunk_duration", { min: 1, max: 60 }) ?? defaultChunkSeconds,
    frames_per_chunk:
      fields.whole("frames_per_chunk", { min: 1, max: 60 }) ?? defaultFramesPerChunk,
  };
  if (fields.failure) return fields.failure;
  const error = path.endsWith(unreadable) ? unreadableError : null;
  const credits = creditsForVideo(secondsOfVideo(subject.video_url));
  return created(show(insertJob(call, { kind, draft, credits, error, subject })));
}

export function listVideoAnalyses(call: Call): Answer {
  const fields = Fields.ofQuery(call.query);
  const status = fields.choice("status", jobStatuses);
  const filter = { kind, accountId: call.caller.accountId, status } as const;
  return answerFromOffset(fields, (page) => sliceOf(call, { filter, page, show }));
}

export function getVideoAnalysis(call: Call, videoAnalysisId = ""): Answer {
  const job = findJob(call, kind, videoAnalysisId);
  return job === undefined ? absent("Video analysis") : found(show(job));
}

function readPath(fields: Fields, videoUrl: string): string {
  const url = URL.parse(videoUrl);
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.pathname;
  return fields.reject("video_url", "must be the http or https URL of a video", "");
}

function show(job: JobRecord) {
  const subject = job.subject as Subject;
  const chunks = Math.ceil(secondsOfVideo(subject.video_url) / subject.chunk_duration);
  const share = job.plan.error === null ? job.stepsDone / jobSteps : 0;
  return {
    ...showJob(job),
    ...subject,
    progress: { total_chunks: chunks, processed_chunks: Math.floor(chunks * share) },
    created_at: unixSeconds(job.createdAtMs),
    summary: job.status === "completed" ? answerTo(subject.goal) : null,
  };
}
