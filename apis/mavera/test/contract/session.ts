// Mavera's gate in front of an API that answers whatever it is told to: for looking at what the contract says.

import { createFetchHandler } from "sluice/adapter/fetch";
import { seededRandom, VirtualClock } from "sluice/base";
import { createGate, fetchUpstream } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { onTestFinished } from "vitest";
import { answers } from "../../answers/index.ts";
import { mavera } from "../../contract/index.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Session {
  /** Sends `POST /responses` or the like, with a test key. */
  send(what: string, how?: Asked): Promise<Reply>;
}

interface Asked {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const by = "test";
const atMs = Date.UTC(2026, 5, 15, 9);

/** `upstream` answers with its status and body; nobody looks at what it did. */
export async function startSession(
  upstream: () => Response = () => Response.json({ usage: { credits_used: 1 } }),
): Promise<Session> {
  const clock = new VirtualClock(atMs);
  const random = seededRandom("mavera contract tests");
  const stores = createMemoryStores();
  const gate = createGate(mavera, {
    stores,
    upstream: fetchUpstream(() => Promise.resolve(upstream())),
    answers,
    pepper: random.bytes(32),
    clock,
    random,
    onEvent: () => undefined,
  });
  onTestFinished(() => gate.close());
  const account = { id: "acct_1", name: "Acme", plan: "basic", subscription: "active" } as const;
  stores.directory.putAccount(account, { by, atMs });
  const key = { accountId: account.id, name: "Tests", environment: "test", by } as const;
  const { secret } = await gate.keys.create(key);
  const handler = createFetchHandler(gate);
  return {
    async send(what, { json, headers } = {}) {
      const [method = "GET", path = "/"] = what.split(" ");
      const response = await handler(
        new Request(`https://app.mavera.io/api/v1${path}`, {
          method,
          headers: {
            Authorization: `Bearer ${secret}`,
            ...(json !== undefined && { "Content-Type": "application/json" }),
            ...headers,
          },
          ...(json !== undefined && { body: JSON.stringify(json) }),
        }),
      );
      return {
        status: response.status,
        headers: response.headers,
        text: await response.text(),
      };
    },
  };
}

/** A refusal's status and the members of its error. */
export function refusal({ status, text }: Reply) {
  const { error } = JSON.parse(text);
  return { status, ...error };
}
