// Every operation of the API on one page, and how a method and path find theirs.

import type { Handler } from "./call.ts";
import { createChatCompletion } from "./chat-completions.ts";
import { createFocusGroup, getFocusGroup, listFocusGroups } from "./focus-groups.ts";
import { askMave } from "./mave.ts";
import { createPersona, getPersona, listPersonas } from "./personas.ts";
import { createResponse } from "./responses.ts";
import { getThread, listThreads } from "./threads.ts";
import { createVideoAnalysis, getVideoAnalysis, listVideoAnalyses } from "./video-analyses.ts";

/** What a handler does with the records, before what lasts longer. */
type Work = "read" | "write";

type Route = readonly [method: string, pattern: string, work: Work, handler: Handler];

const routes: readonly Route[] = [
  ["POST", "/responses", "read", createResponse],
  ["POST", "/chat/completions", "read", createChatCompletion],
  ["POST", "/mave/chat", "write", askMave],
  ["GET", "/mave/threads", "read", listThreads],
  ["GET", "/mave/threads/{threadId}", "read", getThread],
  ["GET", "/personas", "read", listPersonas],
  ["POST", "/personas", "write", createPersona],
  ["GET", "/personas/{personaId}", "read", getPersona],
  ["GET", "/focus-groups", "read", listFocusGroups],
  ["POST", "/focus-groups", "write", createFocusGroup],
  ["GET", "/focus-groups/{focusGroupId}", "read", getFocusGroup],
  ["GET", "/video-analyses", "read", listVideoAnalyses],
  ["POST", "/video-analyses", "write", createVideoAnalysis],
  ["GET", "/video-analyses/{videoAnalysisId}", "read", getVideoAnalysis],
];

const table = routes.map(([method, pattern, work, handler]) => ({
  method,
  segments: pattern.split("/"),
  work,
  handler,
}));

export interface Match {
  readonly work: Work;
  readonly handler: Handler;
  readonly ids: readonly string[];
}

export function matchRoute(method: string, path: string): Match | undefined {
  const given = path.split("/");
  for (const { method: routeMethod, segments, work, handler } of table) {
    if (method !== routeMethod) continue;
    const ids = matchSegments(segments, given);
    if (ids) return { work, handler, ids };
  }
  return undefined;
}

/** The ids in a path, or nothing when it does not fit. Ids need no decoding: they are plain. */
function matchSegments(
  pattern: readonly string[],
  given: readonly string[],
): readonly string[] | undefined {
  if (pattern.length !== given.length) return undefined;
  const ids: string[] = [];
  for (const [index, segment] of pattern.entries()) {
    const value = given[index] ?? "";
    if (segment.startsWith("{") && value !== "") ids.push(value);
    else if (segment !== value) return undefined;
  }
  return ids;
}
