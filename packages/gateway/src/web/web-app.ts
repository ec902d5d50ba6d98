// A web application below one path: its files, a session, and the API behind it, which hears the session's secret in place of the
// cookie. The API itself never believes a cookie.

import type { Answer, Call } from "sluice/gate";
import { no, notAllowed, pathOf } from "../internal/json-answer.ts";
import { readCookie } from "../session/cookie.ts";
import { isSameOrigin } from "../session/same-origin.ts";
import { answerSession, type SignInParts } from "../session/sign-in.ts";
import { SignedInCall } from "../session/signed-in-call.ts";
import type { WebFiles } from "./web-files.ts";

export interface WebAppParts extends SignInParts {
  /** Where it is: `/console`. Calls of the API are below `/console/api`, with the API's own paths. */
  readonly path: string;
  readonly files: WebFiles;
}

/** Answers what lies below its path. */
export type WebApp = (call: Call) => Promise<Answer>;

const foreign =
  "This is for our own pages: a browser says with each request where it comes from (Sec-Fetch-Site).";

export function createWebApp(parts: WebAppParts): WebApp {
  const { path, files } = parts;
  return async (call) => {
    const below = pathOf(call).slice(path.length);
    if (below === "/session") {
      return isSameOrigin(call) ? answerSession(call, parts) : no(403, foreign);
    }
    if (below.startsWith("/api/")) {
      return isSameOrigin(call) ? askApi(call, parts) : no(403, foreign);
    }
    if (call.method !== "GET" && call.method !== "HEAD") return notAllowed("GET, HEAD");
    if (below.startsWith("/assets/")) {
      return files.asset(call, below.slice("/assets/".length)) ?? no(404, "There is no such file.");
    }
    return files.page(call);
  };
}

async function askApi(call: Call, parts: WebAppParts): Promise<Answer> {
  const { path, sessions, cookie, answer } = parts;
  const text = readCookie(call.header("cookie"), cookie.name);
  const secret = text === undefined ? undefined : await sessions.secretOf(text);
  const target = call.target.slice(`${path}/api`.length);
  return answer(new SignedInCall(call, { method: call.method, target }, secret));
}
