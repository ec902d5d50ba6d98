// Focus groups: questions put to a sample of made-up respondents.

import { type Answer, type Call, created, found } from "./call.ts";
import { isoDate } from "./dates.ts";
import { absent, Failure } from "./failure.ts";
import { Fields } from "./fields.ts";
import { findJob, insertJob, readJobDraft, showJob, sliceOf } from "./jobs.ts";
import { maxIdLength, maxNameLength } from "./limits.ts";
import { answerFromOffset } from "./paging.ts";
import { findNamedPersona } from "./personas.ts";
import { creditsForFocusGroup } from "./prices.ts";
import type { JobRecord } from "./records.ts";
import { answerTo } from "./stand-in.ts";

const kind = "focus_group";
const sampleRange = { min: 10, max: 500 } as const;
const defaultSampleSize = 25;
const maxQuestions = 20;
const maxQuestionLength = 500;
const maxPersonas = 20;

interface Subject {
  readonly name: string | null;
  readonly questions: readonly string[];
  readonly sample_size: number;
  readonly persona_ids: readonly string[];
}

export function createFocusGroup(call: Call): Answer {
  const fields = Fields.ofBody(call.body);
  const draft = readJobDraft(fields);
  const subject: Subject = {
    name: fields.optionalText("name", { max: maxNameLength }) ?? null,
    questions: fields.texts("questions", { most: maxQuestions, max: maxQuestionLength }),
    sample_size: fields.whole("sample_size", sampleRange) ?? defaultSampleSize,
    persona_ids: fields.texts("persona_ids", { most: maxPersonas, max: maxIdLength }),
  };
  if (fields.failure) return fields.failure;
  for (const [index, id] of subject.persona_ids.entries()) {
    const field = `persona_ids.${index}`;
    const persona = findNamedPersona(call.environment, call.caller.accountId, id, field);
    if (persona instanceof Failure) return persona;
  }
  const credits = creditsForFocusGroup(subject.sample_size, subject.questions.length);
  return created(show(insertJob(call, { kind, draft, credits, error: null, subject })));
}

export function listFocusGroups(call: Call): Answer {
  const filter = { kind, accountId: call.caller.accountId } as const;
  return answerFromOffset(Fields.ofQuery(call.query), (page) =>
    sliceOf(call, { filter, page, show }),
  );
}

export function getFocusGroup(call: Call, focusGroupId = ""): Answer {
  const job = findJob(call, kind, focusGroupId);
  return job === undefined ? absent("Focus group") : found(show(job));
}

function show(job: JobRecord) {
  const subject = job.subject as Subject;
  const results = subject.questions.map((question) => ({ question, answer: answerTo(question) }));
  return {
    ...showJob(job),
    ...subject,
    results: job.status === "completed" ? results : null,
    created_at: isoDate(job.createdAtMs),
  };
}
