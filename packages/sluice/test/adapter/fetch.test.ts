// The gate as a web fetch handler: bodies that stream, break or never end, callers who abort, and their addresses.

import { describe, expect, it } from "vitest";
import { createFetchHandler } from "../../src/adapter/fetch.ts";
import type { WorkDone } from "../../src/gate/index.ts";
import { secretFor, secrets } from "../gate/fixtures/people.ts";
import { createRig, type RigOptions } from "../gate/fixtures/rig.ts";
import { until } from "./fixtures/until.ts";

const headers = { "X-API-Key": secrets.pro };

async function start(options: RigOptions = {}) {
  const rig = await createRig(options);
  return { rig, handle: createFetchHandler(rig.gate) };
}

/** A POST to the renders whose body is made piece by piece. */
function streaming(pull: (controller: ReadableStreamDefaultController) => void, cancel = () => {}) {
  const body = new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
  const init = { method: "POST", headers, body, duplex: "half" as const };
  return new Request("http://acme.test/v1/renders", init);
}

async function codeOf(response: Response): Promise<string> {
  return JSON.parse(await response.text()).error.code;
}

describe("a body that streams", () => {
  it("is read to its end", async () => {
    const { handle } = await start();
    const pieces = ['{"pro', 'mpt":"a', ' cat"}'];
    const request = streaming((controller) => {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(piece));
    });
    const response = await handle(request);
    expect([response.status, await response.text()]).toEqual([201, '{"picture":"a cat"}']);
  });

  it("without end is read up to the limit, and then cancelled", async () => {
    const { handle } = await start();
    let pulled = 0;
    let isCancelled = false;
    const request = streaming(
      (controller) => {
        pulled++;
        controller.enqueue(new Uint8Array(100));
      },
      () => {
        isCancelled = true;
      },
    );
    expect(await codeOf(await handle(request))).toBe("body_too_large");
    expect({ pulled, isCancelled }).toEqual({ pulled: 5, isCancelled: true });
  });

  it("that breaks is malformed, and no fault of ours", async () => {
    const { handle, rig } = await start();
    const request = streaming((controller) => controller.error(new Error("broken")));
    expect(await codeOf(await handle(request))).toBe("malformed_body");
    expect(rig.events).toEqual([]);
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });
});

describe("a caller who aborts", () => {
  it("is heard of by the work, and is not charged for what it gives up", async () => {
    let isWorking = false;
    const { handle, rig } = await start({
      handlers: {
        render: (_, { signal }) => {
          isWorking = true;
          return new Promise<WorkDone>((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          });
        },
      },
    });
    const controller = new AbortController();
    const init = { method: "POST", headers, body: '{"prompt":"a"}', signal: controller.signal };
    const json = { ...init, headers: { ...headers, "Content-Type": "application/json" } };
    const response = handle(new Request("http://acme.test/v1/renders", json));
    await until(() => isWorking);
    controller.abort();
    expect((await response).status).toBe(499);
    expect(rig.rows()).toMatchObject([{ status: 499, ending: "abandoned", endedAt: "run" }]);
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });
});

describe("the address of a caller", () => {
  const guess = (n: number) => ({ headers: { "X-API-Key": secretFor(`guess ${n}`) } });

  it("is what the runtime says; where it says nothing, all share one", async () => {
    const { gate } = await createRig({ gate: { unknownKeysPerMinute: 1 } });
    const shared = createFetchHandler(gate);
    const byHost = createFetchHandler(gate, { addressOf: ({ url }) => new URL(url).hostname });
    const url = "http://acme.test/v1/hello";
    expect(await codeOf(await shared(new Request(url, guess(1))))).toBe("unknown_key");
    expect(await codeOf(await shared(new Request(url, guess(2))))).toBe("rate_limited");
    for (const host of ["a.test", "b.test"]) {
      const request = new Request(
        `http://${host}/v1/hello`,
        guess(host.length + host.charCodeAt(0)),
      );
      expect(await codeOf(await byHost(request))).toBe("unknown_key");
    }
  });
});
