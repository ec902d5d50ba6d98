// An API as many are: Express, its own error shape, its own limiter. It knows nothing of Sluice.

import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from "express";

export const LIMIT = 20;
export const WINDOW_MS = 2_000;

interface Problem {
  readonly status: number;
  readonly id: string;
  readonly text: string;
}

function say(res: Response, { status, id, text }: Problem, field?: string): void {
  res.status(status).set("Cache-Control", "no-store");
  if (status === 401) res.set("WWW-Authenticate", 'Token realm="Bookshop"');
  res.json({ ok: false, problem: { id, text, ...(field !== undefined && { field }) } });
}

const NO_TOKEN = { status: 401, id: "NO_TOKEN", text: "Send your token as X-Token." };
const BAD_TOKEN = { status: 401, id: "BAD_TOKEN", text: "This token does not work." };
const NOT_HERE = { status: 404, id: "NOT_HERE", text: "There is nothing here." };
const NOT_SO = { status: 405, id: "NOT_SO", text: "Not with this method." };
const TOO_BIG = { status: 413, id: "TOO_BIG", text: "At most 10240 bytes." };
const NOT_JSON = { status: 415, id: "NOT_JSON", text: "Send JSON." };
const UNREADABLE = { status: 400, id: "UNREADABLE", text: "This could not be read." };
const BROKEN = { status: 500, id: "BROKEN", text: "We broke something." };

export interface AppOptions {
  readonly tokens: ReadonlySet<string>;
  readonly now?: () => number;
}

export function createApp({ tokens, now = () => performance.now() }: AppOptions) {
  const app = express().disable("x-powered-by").disable("etag");
  const books = [{ id: "b1", title: "Emma" }];
  app.use(withId);
  app.use((req, res, next) => {
    const token = req.get("X-Token");
    if (!token) say(res, NO_TOKEN);
    else if (!tokens.has(token)) say(res, BAD_TOKEN);
    else next();
  });
  app.use(slidingWindow(now));
  app.use((req, res, next) => {
    const isOther = Number(req.get("Content-Length") ?? 0) > 0 && !req.is("application/json");
    if (isOther) say(res, NOT_JSON);
    else next();
  });
  app.use(express.json({ limit: 10_240 }));
  app
    .route("/shop/books")
    .get((_, res) => void res.json({ ok: true, books }))
    .post((req, res) => {
      const { title } = (req.body ?? {}) as { title?: unknown };
      if (title === undefined) return say(res, missing("title"), "title");
      if (typeof title !== "string") return say(res, wrong("title", "must be a string"), "title");
      const book = { id: `b${books.length + 1}`, title };
      books.push(book);
      res.status(201).json({ ok: true, book });
    })
    .all((_, res) => say(res.set("Allow", "GET, HEAD, POST"), NOT_SO));
  app
    .route("/shop/books/:id")
    .get((req, res) => {
      const book = books.find(({ id }) => id === req.params.id);
      if (book === undefined) say(res, NOT_HERE);
      else res.json({ ok: true, book });
    })
    .all((_, res) => say(res.set("Allow", "GET, HEAD"), NOT_SO));
  app.use((_, res) => say(res, NOT_HERE));
  app.use(onError);
  return app;
}

function missing(field: string): Problem {
  return { status: 422, id: "MISSING", text: `"${field}" is missing.` };
}

function wrong(field: string, expected: string): Problem {
  return { status: 422, id: "WRONG", text: `"${field}" ${expected}.` };
}

const withId: RequestHandler = (_, res, next) => {
  res.set("X-Request-Id", randomUUID());
  next();
};

/** What the body parser and the router throw, in our shape. */
const onError: ErrorRequestHandler = (error: { status?: number }, _req, res, _next) => {
  const { status = 500 } = error;
  say(
    res,
    status === 413 ? TOO_BIG : status === 415 ? NOT_JSON : status < 500 ? UNREADABLE : BROKEN,
  );
};

function slidingWindow(now: () => number): RequestHandler {
  const logs = new Map<string, number[]>();
  return (req, res, next) => {
    const token = req.get("X-Token") ?? "";
    const atMs = now();
    const log = (logs.get(token) ?? []).filter((ms) => ms > atMs - WINDOW_MS);
    logs.set(token, log);
    const [first = atMs] = log;
    if (log.length < LIMIT) {
      log.push(atMs);
      next();
      return;
    }
    const seconds = Math.max(1, Math.ceil((first + WINDOW_MS - atMs) / 1_000));
    const text = `Slow down. Again in ${seconds} s.`;
    say(res.set("Retry-After", String(seconds)), { status: 429, id: "SLOW_DOWN", text });
  };
}

/** What Node refuses before Express sees it. */
export function answerUnreadable(server: Server): void {
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    if (!socket.writable) return void socket.destroy();
    const isLong = error.code === "HPE_HEADER_OVERFLOW";
    const id = isLong ? "LONG_HEADERS" : "UNREADABLE";
    const text = isLong ? "The headers are too long." : UNREADABLE.text;
    const body = JSON.stringify({ ok: false, problem: { id, text } });
    const head = [
      `HTTP/1.1 ${isLong ? "431 Request Header Fields Too Large" : "400 Bad Request"}`,
      "Content-Type: application/json",
      "Cache-Control: no-store",
      `X-Request-Id: ${randomUUID()}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
