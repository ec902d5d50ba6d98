// Mavera's callers, who know demo.json and nothing else: plain `fetch`, and streams an event at a time.

import type { DemoFile, KeyName } from "../src/home.ts";

export interface Sent {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export const hello = { model: "mavera-1", input: "Hello" };
export const video = {
  video_url: "https://example.com/spot.mp4",
  title: "Spring spot",
  brand: "Acme",
  product: "Running shoes",
  primary_intent: "Persuasive",
  goal: "Find out whether it persuades.",
};

/** One of the demo's keys, or any text in its place. */
type Secret = KeyName<"mavera"> | { readonly secret: string } | undefined;

export class MaveraCaller {
  readonly file: DemoFile;

  constructor(file: DemoFile) {
    this.file = file;
  }

  async send(key: Secret, what: string, sent: Sent = {}): Promise<Reply> {
    const { status, headers, body } = await json(this.#fetch(key, what, sent));
    return { status, headers, body };
  }

  /** What the account has been charged in this month. */
  async used(key: Secret): Promise<number> {
    const { body } = await this.send(key, "GET /usage");
    return (body as { credits: { used: number } }).credits.used;
  }

  /** The answer as a stream: its head, and then its events. */
  async stream(key: Secret, what: string, sent: Sent) {
    const response = await this.#fetch(key, what, sent);
    return { status: response.status, headers: response.headers, events: eventsOf(response) };
  }

  #fetch(key: Secret, what: string, { json, headers }: Sent): Promise<Response> {
    const [method = "GET", path = "/"] = what.split(" ");
    const { baseUrl, keys } = this.file.mavera;
    const secret = typeof key === "object" ? key.secret : key && keys[key];
    return fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(secret && { Authorization: `Bearer ${secret}` }),
        ...(json !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  }
}

async function json(asked: Promise<Response>): Promise<Reply> {
  const response = await asked;
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export interface HeardEvent {
  /** The last one has none. */
  readonly name: string | undefined;
  readonly data: string;
}

/** Throws where the connection breaks. */
async function* eventsOf({ body }: Response): AsyncGenerator<HeardEvent> {
  let text = "";
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const frames = `${text}${chunk}`.split("\n\n");
    text = frames.pop() ?? "";
    yield* frames.map(eventIn);
  }
}

function eventIn(frame: string): HeardEvent {
  const { name, data = "" } =
    /^(?:event: (?<name>.*)\n)?data: (?<data>.*)$/.exec(frame)?.groups ?? {};
  return { name, data };
}
