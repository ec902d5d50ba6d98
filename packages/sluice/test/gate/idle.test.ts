/** A gate says when its last call is over, so that stores are closed under nobody. */
import { describe, expect, it } from "vitest";
import { secrets } from "./fixtures/people.ts";
import { createSource, createStage } from "./fixtures/stage.ts";

const story = { path: "/v1/stories", key: secrets.pro, body: { prompt: "a cat" } };

describe("a gate", () => {
  it("is idle at once when nothing is under way", async () => {
    const stage = await createStage({});
    await stage.gate.idle();
    await stage.send(story);
    await stage.send({ ...story, key: "nonsense" });
    await stage.gate.idle();
  });

  it("is idle once every stream is settled and logged, however it ended", async () => {
    const source = createSource();
    const stage = await createStage({ tell: () => source.done });
    const heard = await stage.listen(story);
    let isIdle = false;
    const idle = stage.gate.idle().then(() => {
      isIdle = true;
    });
    source.write(": sluice-cost 2\n");
    source.event("story.word", {});
    await heard.next();
    expect(isIdle).toBe(false);
    heard.call.abort();
    await idle;
    expect(stage.funds()).toMatchObject({ held: 0, used: 2 });
    expect(stage.rows()).toHaveLength(1);
  });

  it("waits for a call whose handler has not answered", async () => {
    const { promise, resolve } = Promise.withResolvers<{
      status: number;
      headers: string[];
      body: string;
    }>();
    const stage = await createStage({ tell: () => promise });
    const sent = stage.send(story);
    let isIdle = false;
    const idle = stage.gate.idle().then(() => {
      isIdle = true;
    });
    await stage.clock.advance(1);
    expect(isIdle).toBe(false);
    resolve({ status: 200, headers: [], body: "{}" });
    await Promise.all([sent, idle]);
  });
});
