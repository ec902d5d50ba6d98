// What is not there, and what is somebody else's: nobody can tell the one from the other.

import { describe, expect, test } from "vitest";
import { putFocusGroup, putThread, putVideoAnalysis } from "./behind-the-gate.ts";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import {
  foreignProjectId,
  foreignWorkspaceId,
  ownProjectId,
  ownWorkspaceId,
  strangerId,
} from "./people.ts";
import { type Ask, bytesOf, refusal } from "./reply.ts";

type Place = (api: LiveApi) => string | Promise<string>;

function notFound(param: string | null) {
  const message = "Resource not found.";
  return { status: 404, type: "not_found_error", code: "resource_not_found", message, param };
}

interface Case {
  /** Puts something of the stranger's in place. */
  readonly place: Place;
  readonly ask: (id: string) => Ask & { readonly what: string };
  readonly param: string | null;
  /** How its owner is answered. */
  readonly owned: number;
}

const inPath = (path: string, place: Place): Case => ({
  place,
  ask: (id) => ({ what: `GET ${path}/${id}` }),
  param: null,
  owned: 200,
});

const inBody = (what: string, json: object, param: string, place: Place, owned = 200): Case => ({
  place,
  ask: (id) => ({ what, json: { ...json, [param]: id } }),
  param,
  owned,
});

const persona: Place = ({ upstream }) => upstream.addPersona(strangerId, { name: "Theirs" }).id;
const thread: Place = (api) => putThread(api, strangerId);
const chat = { model: "mavera-1", messages: [{ role: "user", content: "Hello" }] };
const questions = { questions: ["Why?"] };

const cases: readonly (readonly [string, Case])[] = [
  ["a persona", inPath("/personas", persona)],
  ["a thread", inPath("/mave/threads", thread)],
  ["a focus group", inPath("/focus-groups", (api) => putFocusGroup(api, strangerId))],
  ["a video analysis", inPath("/video-analyses", (api) => putVideoAnalysis(api, strangerId))],
  ["a workspace", inPath("/workspaces", () => foreignWorkspaceId)],
  ["a project", inPath("/projects", () => foreignProjectId)],
  [
    "a thread that a question goes on with",
    inBody("POST /mave/chat", { message: "Hello" }, "thread_id", thread),
  ],
  [
    "the workspace that is to pay for a response",
    inBody("POST /responses", hello, "workspace_id", () => foreignWorkspaceId),
  ],
  [
    "the project that is to pay for a completion",
    inBody("POST /chat/completions", chat, "project_id", () => foreignProjectId),
  ],
  [
    "the workspace that is to pay for a focus group",
    inBody("POST /focus-groups", questions, "workspace_id", () => foreignWorkspaceId, 201),
  ],
  [
    "the workspace of a new project",
    inBody("POST /projects", { name: "Spring" }, "workspace_id", () => foreignWorkspaceId, 201),
  ],
  [
    "the workspace whose threads are asked for",
    {
      place: () => foreignWorkspaceId,
      ask: (id) => ({ what: `GET /mave/threads?workspace_id=${id}` }),
      param: "workspace_id",
      owned: 200,
    },
  ],
];

describe.each(cases)("%s", (_, { place, ask, param, owned }) => {
  test("that is somebody else's looks like one that is not there, byte for byte", async () => {
    const api = await startApi();
    const id = await place(api);
    const send = async (named: string, key: string) => {
      const { what, ...how } = ask(named);
      return await api.send(what, { ...how, key });
    };
    // Keys of one account that have both asked nothing yet: their windows look the same.
    const foreign = await send(id, api.keys.starter);
    const unknown = await send(`${id.slice(0, -1)}_`, api.keys.second);
    expect(refusal(unknown)).toEqual(notFound(param));
    expect(bytesOf(foreign)).toEqual(bytesOf(unknown));
    expect((await send(id, api.keys.stranger)).status).toBe(owned);
    expect(api.funds()).toMatchObject({ used: 0, held: 0 });
  });
});

test("a path that is no operation is not found, and counts as a request", async () => {
  const api = await startApi();
  for (const what of ["GET /nothing", "POST /responses/1", "GET /", "DELETE /personas/1/2"]) {
    expect(refusal(await api.send(what))).toEqual(notFound(null));
  }
  const { headers } = await api.send("GET /nothing");
  expect(headers.get("X-RateLimit-Remaining")).toBe("55");
});

test("a path beside the API is not found either", async () => {
  const api = await startApi();
  const response = await fetch(new URL("/elsewhere", api.url), {
    headers: { Authorization: `Bearer ${api.keys.starter}` },
  });
  const reply = { status: response.status, text: await response.text() };
  expect(refusal(reply)).toEqual(notFound(null));
});

test("what is the account's own is found", async () => {
  const api = await startApi();
  for (const path of [`/workspaces/${ownWorkspaceId}`, `/projects/${ownProjectId}`]) {
    expect((await api.send(`GET ${path}`)).status).toBe(200);
  }
});
