// What the page of the browser test runs: the client with Mavera's contract, in nothing but a browser.

import { type mavera, wire } from "@sluice-apis/mavera/contract";
import { createClient, isApiErrorOf, type PublicEvent } from "sluice/client";

export interface Ask {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** What an application would show, and what it might log by mistake. */
export interface Refusal {
  readonly isApiError: boolean;
  readonly code?: string;
  readonly status?: number | undefined;
  readonly userMessage?: string;
  readonly attempts?: number;
  readonly printed: string;
}

export interface Page {
  ask(where: Ask): Promise<unknown>;
  listen(where: Ask): Promise<readonly { readonly name: string | undefined }[]>;
  fail(where: Ask): Promise<Refusal>;
  /** Nobody catches what it throws: the page's own report of it is what the test looks at. */
  failUnheard(where: Ask): void;
}

const question = { body: { model: "mavera-1", input: "Hello" } } as const;

function clientOf(where: Ask, onEvent: (event: PublicEvent) => void = () => undefined) {
  return createClient<typeof mavera>(wire, { ...where, onEvent });
}

const page: Page = {
  ask: (where) => clientOf(where).call("createResponse", question),
  async listen(where) {
    const events = [];
    const body = { ...question.body, stream: true };
    for await (const { name } of clientOf(where).stream("createResponse", { body })) {
      events.push({ name });
    }
    return events;
  },
  async fail(where) {
    const heard: PublicEvent[] = [];
    const client = clientOf(where, (event) => heard.push(event));
    try {
      await client.call("createResponse", question);
    } catch (error) {
      const { message, stack } = error as Error;
      const printed = [JSON.stringify(error), String(error), message, stack, JSON.stringify(heard)];
      const text = printed.join("\n");
      if (!isApiErrorOf(wire, error)) return { isApiError: false, printed: text };
      const { code, status, userMessage, attempts } = error;
      return { isApiError: true, code, status, userMessage, attempts, printed: text };
    }
    throw new Error("it was answered");
  },
  failUnheard(where) {
    void clientOf(where).call("createResponse", question);
  },
};

Object.assign(globalThis, { page });
