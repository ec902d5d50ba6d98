// What the servers of `bench:mavera` are asked: an answer that is paid for, a list that is free, and
// a stream that is paid for.

import { mavera } from "@sluice-apis/mavera/contract";
import type { Exchange } from "../exchange.ts";
import { DONE, events, frameOf, personas, response, streamed, whole } from "./answers.ts";

/** What one response to so short an input costs. */
export const CREDITS = 1;

const { basePath, key } = mavera.wire;

const common = {
  keyPrefix: key.prefixes.live,
  keyHeader: (secret: string) => ({ authorization: `Bearer ${secret}` }),
  alike: withoutChance,
};

export const responseExchange: Exchange = {
  ...common,
  path: `${basePath}/responses`,
  body: whole,
  answer: JSON.stringify(response),
};

export const personasExchange: Exchange = {
  ...common,
  path: `${basePath}/personas`,
  answer: JSON.stringify(personas),
};

export const streamExchange: Exchange = {
  ...responseExchange,
  body: streamed,
  answer: events.map(frameOf).join("") + DONE,
};

/** The plain API by itself knows nothing of the gate's base path. */
export const plainExchange: Exchange = { ...responseExchange, path: "/responses" };

/** The same ids and the same second, in as many bytes. */
function withoutChance(text: string): string {
  return text
    .replace(/\b(resp|msg)_[0-9a-z]{24}\b/g, `$1_${"0".repeat(24)}`)
    .replace(/"created_at":\d{10}\b/g, `"created_at":${"0".repeat(10)}`);
}
