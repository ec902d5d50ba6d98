// The Mavera API by itself: it answers (here: pretends to answer) as personas, researches, and runs
// focus groups and video analyses. It believes what it is told of its caller and knows nothing of
// keys, rates or balances of credits.

import type { Clock, Random } from "sluice/base";
import type { Answer, Environment, Success } from "./call.ts";
import type { Caller } from "./caller.ts";
import { streamEvents } from "./event-stream.ts";
import { absent, Failure } from "./failure.ts";
import { type JobEnd, JobRunner } from "./job-runner.ts";
import { createMemoryRecords } from "./memory-records.ts";
import { insertPersona, type PersonaDraft, putBasePersonas } from "./personas.ts";
import type { Persona, Records } from "./records.ts";
import { matchRoute } from "./routes.ts";

export type { Caller } from "./caller.ts";
export type { FailureKind } from "./failure.ts";
export type { JobEnd } from "./job-runner.ts";
export type { PersonaDraft } from "./personas.ts";
export type { JobStatus, Persona, PipelineType, Records } from "./records.ts";

export interface MaveraUpstreamOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Where its data is. Default: in memory, and gone with the process. */
  readonly records?: Records;
  /**
   * Told once of each job's end; told again later when it rejects. A crash, or a disk that is full
   * just then, may keep it from being noted that it heard: then it hears of the same end again.
   */
  readonly onJobEnd?: (end: JobEnd) => Promise<void>;
}

export interface MaveraUpstream {
  /** Rejects with the signal's reason when the request aborts; a stream then breaks with it. */
  readonly fetch: (request: Request, caller: Caller) => Promise<Response>;
  /** Puts a persona in place before there are callers; everybody sees one without an account. */
  addPersona(accountId: string | undefined, draft: PersonaDraft): Persona;
  /**
   * After a restart: goes on with the jobs that had not ended, and tells of the ends that nobody has
   * heard of. Of processes that share a file, the last one to resume does them all.
   */
  resume(): void;
  /** Stops the jobs where they are; who opens the records next may resume them. Answers go on. */
  close(): void;
}

export function createMaveraUpstream(options: MaveraUpstreamOptions): MaveraUpstream {
  const { clock, random, records = createMemoryRecords(), onJobEnd } = options;
  const runner = new JobRunner(records, clock, onJobEnd);
  const environment: Environment = {
    records,
    clock,
    random,
    startJob: (job) => runner.start(job),
  };
  putBasePersonas(records);
  return {
    fetch: async (request, caller) =>
      respond(environment, request, await answer(environment, request, caller)),
    addPersona: (accountId, draft) =>
      records.write(() => insertPersona(environment, accountId, draft)),
    resume: () => runner.resume(),
    close: () => runner.close(),
  };
}

async function answer(environment: Environment, request: Request, caller: Caller): Promise<Answer> {
  const { pathname, searchParams: query } = new URL(request.url);
  const match = matchRoute(request.method, pathname);
  if (match === undefined) return absent("Route");
  const body = await readBody(request);
  if (body instanceof Failure) return body;
  const { records } = environment;
  const work = () => match.handler({ environment, caller, query, body }, ...match.ids);
  return match.work === "read" ? records.read(work) : records.write(work);
}

async function readBody(request: Request): Promise<unknown> {
  if (request.method !== "POST") return undefined;
  try {
    return await request.json();
  } catch {
    request.signal.throwIfAborted();
    // Not JSON, or cut off on its way. Why is not the caller's business, and may quote the body.
    return new Failure("unacceptable", "The body must be JSON.");
  }
}

async function respond(
  { clock }: Environment,
  { signal }: Request,
  answer: Answer,
): Promise<Response> {
  if (answer instanceof Failure || !("whole" in answer)) return json(answer);
  const { stream, delayMs, whole, events } = answer;
  signal.throwIfAborted();
  if (stream) return streamEvents(events(), { clock, delayMs, signal });
  if (delayMs > 0) await clock.sleep(delayMs, signal);
  return json(whole());
}

function json(answer: Success | Failure): Response {
  const body = answer instanceof Failure ? answer : answer.body;
  return Response.json(body, { status: answer.status });
}
