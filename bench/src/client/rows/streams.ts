/** Streams that break: what the reader gets twice, what looks whole and is not, and what is put right unseen. */
import { wire } from "@sluice-apis/mavera/contract";
import kyDefault from "ky";
import OpenAI from "openai";
import pRetry from "p-retry";
import { createClient } from "sluice/client";
import type { Cell } from "../../results/table.ts";
import { type AnyFetch, BASE, type Call, initOf, KEY, urlOf } from "../peer.ts";
import { optionsOf } from "../peers/sluice.ts";
import { type Group, scoreEach, zeroAim } from "../score.ts";
import { type Script, scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const EVENTS = 5;
const LIMIT_MS = 600_000;
const CALL: Call = { method: "POST", headers: {} };
const DONE = "[DONE]";

type Hand = (data: string) => void;

interface Reader {
  readonly name: string;
  readonly isOurs?: true;
  /** Hands on each event's data as it comes; rejects when the stream is not whole, as far as it knows. */
  readonly read: (fetch: AnyFetch, hand: Hand) => Promise<unknown>;
}

const READERS: readonly Reader[] = [
  {
    name: "sluice, client.stream",
    isOurs: true,
    async read(fetch, hand) {
      const client = createClient(wire, { ...optionsOf({ fetch }), plan: "starter" });
      for await (const { data } of client.stream("createChatCompletion", { body: {} })) {
        hand(JSON.stringify(data));
      }
    },
  },
  {
    name: "openai SDK over sluice.fetch",
    isOurs: true,
    read: (fetch, hand) =>
      readByOpenai(createClient(wire, { ...optionsOf({ fetch }), plan: "starter" }).fetch, hand),
  },
  { name: "bare fetch", read: async (fetch, hand) => readByHand(await open(fetch), hand) },
  {
    name: "ky",
    read: async (fetch, hand) => {
      const own = kyDefault.create({ fetch: fetch as typeof globalThis.fetch });
      return readByHand(await own(urlOf(CALL), initOf(CALL)), hand);
    },
  },
  {
    name: "p-retry around fetch",
    read: (fetch, hand) => pRetry(async () => readByHand(await open(fetch), hand)),
  },
  { name: "openai SDK", read: readByOpenai },
];

/** What becomes of the first answer; every later one is whole. */
const BREAKS: Readonly<Record<string, (controller: Controller) => void>> = {
  "an error first": (controller) => {
    say(controller, `event: error\ndata: ${JSON.stringify(OVERLOADED)}\n\n`);
    controller.close();
  },
  "cut before any": (controller) => controller.error(new TypeError("terminated")),
  "cut after 3": (controller) => {
    sayEvents(controller, 3);
    setTimeout(() => controller.error(new TypeError("terminated")), 10);
  },
  "ends after 3": (controller) => {
    sayEvents(controller, 3);
    controller.close();
  },
};

const OVERLOADED = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };

export const streams: Group = {
  title: `Streams of ${EVENTS} events by POST, of which the first is broken: what the reader sees`,
  columns: [
    ...Object.keys(BREAKS).map((heading) => ({ heading })),
    { heading: "events twice", better: "less", isSafety: true },
    { heading: "taken for whole", better: "less", isSafety: true },
    { heading: "put right unseen", better: "more" },
  ],
  optimum: ["whole", "whole or error", "error", "error", "0", "0", "1–2"],
  notes: [
    "whole: all events, each once; error after n: told that it broke, with n events; n events: nobody was told",
    "an error first: HTTP 200, and the first event says that the server is overloaded; nothing was done",
    "whoever reads by hand takes the end of the bytes for the end of the stream: nothing in a fetch knows better",
  ],
  scores: (wanted) => scoreEach(READERS, wanted, measure),
  aims: (scores) => [zeroAim("events twice, or a broken stream taken for whole", scores, 4, 5)],
};

async function measure(reader: Reader): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  let [twice, mistaken, whole] = [0, 0, 0];
  for (const breaks of Object.values(BREAKS)) {
    const { handed, failed } = await play(reader, breaks);
    const distinct = new Set(handed).size;
    const isWhole = !failed && distinct === EVENTS && handed.length === EVENTS;
    if (isWhole) whole++;
    if (!failed && distinct < EVENTS) mistaken++;
    twice += handed.length - distinct;
    const events = `${handed.length} events`;
    cells.push({ text: isWhole ? "whole" : failed ? `error after ${handed.length}` : events });
  }
  return [...cells, ...[twice, mistaken, whole].map((value) => ({ text: `${value}`, value }))];
}

function play(reader: Reader, breaks: (controller: Controller) => void) {
  return inVirtualTime(LIMIT_MS + 1, async (clock) => {
    const script: Script = (_, number) => ({
      status: 200,
      headers: { "content-type": "text/event-stream" },
      body: new ReadableStream({
        start(controller) {
          if (number === 1) return breaks(controller);
          sayEvents(controller, EVENTS);
          say(controller, `data: ${DONE}\n\n`);
          controller.close();
        },
      }),
    });
    const { fetch } = scriptedFetch(clock, script);
    const handed: string[] = [];
    const ended = reader
      .read(fetch, (data) => handed.push(data))
      .then(
        () => false,
        () => true,
      );
    const failed = await Promise.race([ended, clock.sleep(LIMIT_MS).then(() => true)]);
    return { handed, failed };
  });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

function say(controller: Controller, text: string): void {
  controller.enqueue(new TextEncoder().encode(text));
}

function sayEvents(controller: Controller, count: number): void {
  for (let event = 1; event <= count; event++) say(controller, `data: {"number":${event}}\n\n`);
}

async function open(fetch: AnyFetch): Promise<Response> {
  const response = await fetch(urlOf(CALL), initOf(CALL));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}

/** As one writes it: lines that begin with `data:`, until the bytes end. */
async function readByHand({ body }: Response, hand: Hand): Promise<void> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of body ?? []) {
    const events = (text + decoder.decode(piece, { stream: true })).split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (event.startsWith("event: error")) throw new Error(data);
      if (data !== undefined && data !== DONE) hand(data);
    }
  }
}

async function readByOpenai(fetch: AnyFetch, hand: Hand): Promise<void> {
  const own = new OpenAI({ apiKey: KEY, baseURL: BASE, fetch });
  const stream = await own.post("/chat/completions", { body: {}, stream: true });
  for await (const data of stream as AsyncIterable<unknown>) hand(JSON.stringify(data));
}
