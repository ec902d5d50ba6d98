// What Mavera's plain API answers, asked once: bare servers give the same objects as JSON, so that
// both sides of a ratio send the same bytes.

import { createMaveraUpstream } from "@sluice-apis/mavera/upstream";
import { systemClock, systemRandom } from "sluice/base";

export interface ServerEvent {
  readonly name: string;
  readonly data: object;
}

/** The words are as many as make a stream of 12 events. */
const ASKED = { model: "mavera-1", input: "What makes a shopper come back?" };
const EVENTS = 12;
/** The last of them, which is no JSON. */
export const DONE = "data: [DONE]\n\n";

export const whole = JSON.stringify(ASKED);
export const streamed = JSON.stringify({ ...ASKED, stream: true });

/** Of no meaning to the plain API, which believes it. */
export const caller = {
  accountId: "acct_bench",
  keyId: "key_bench",
  plan: "enterprise",
  limits: {},
  requestId: "req_bench",
};

const upstream = createMaveraUpstream({ clock: systemClock, random: systemRandom });

export const response: object = JSON.parse(await ask("/responses", whole));
export const personas: object = JSON.parse(await ask("/personas"));
export const events: readonly ServerEvent[] = eventsIn(await ask("/responses", streamed));

/** An event as it is written on the wire. */
export function frameOf({ name, data }: ServerEvent): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function ask(path: string, body?: string): Promise<string> {
  const request = new Request(`http://upstream${path}`, body === undefined ? {} : posted(body));
  return (await upstream.fetch(request, caller)).text();
}

function posted(body: string): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body };
}

/** All but the last. What the plain API tells of costs in comments is not for callers. */
function eventsIn(text: string): readonly ServerEvent[] {
  const found = Array.from(
    text.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm),
    ([, name = "", data = ""]): ServerEvent => ({ name, data: JSON.parse(data) }),
  );
  if (found.length !== EVENTS - 1 || !text.endsWith(DONE)) {
    throw new Error(`expected a stream of ${EVENTS} events, got ${text}`);
  }
  return found;
}
