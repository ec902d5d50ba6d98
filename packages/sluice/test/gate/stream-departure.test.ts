/** Callers who leave in the midst of a stream: what was done until then is paid for, once or not at all. */
import { describe, expect, it } from "vitest";
import { disturbedStores } from "./fixtures/moments.ts";
import { createSource, createStage, tellStory } from "./fixtures/stage.ts";
import { SLOT, song, stageWith, story, WORDS } from "./fixtures/stories.ts";

describe("a caller who leaves a stream", () => {
  it("pays at every event for what was done until then, once or not at all", async () => {
    const events = 2 + WORDS.length + 1;
    for (let heardBefore = 0; heardBefore <= events; heardBefore++) {
      const { stage, source } = await stageWith();
      const heard = await stage.listen(story);
      tellStory(source, WORDS, 6);
      const names: (string | undefined)[] = [];
      for (let i = 0; i < heardBefore; i++) names.push(await heard.next());
      heard.call.abort();
      await stage.clock.advance(0);
      const words = names.filter((name) => name === "story.word").length;
      const isPaid = names.includes("story.completed");
      expect([heardBefore, stage.funds().used]).toEqual([heardBefore, isPaid ? 6 : words]);
      expect(stage.funds().held).toBe(0);
      expect(stage.stores.limits.slotsInUse(SLOT)).toBe(0);
      expect(heard.call.listeners + stage.clock.pendingTimers).toBe(0);
      expect(stage.stores.ledger.audit()).toEqual([]);
      expect(stage.rows()).toHaveLength(1);
      expect(await heard.next()).toBeUndefined();
    }
  });

  it("pays nothing where nothing had left", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen({ ...story, headers: { "Idempotency-Key": "k" } });
    heard.call.abort();
    await stage.clock.advance(0);
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
    expect(source.cancelledFor).toBeDefined();
    expect(stage.rows()[0]).toMatchObject({ ending: "abandoned", status: 499, charged: 0 });
  });

  it("pays a fixed price once the first event has left", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(song);
    source.event(undefined, { note: "la" });
    await heard.next();
    heard.body.cancel();
    heard.body.cancel();
    await stage.clock.advance(0);
    expect(stage.funds()).toMatchObject({ held: 0, used: 7 });
    expect(source.cancelledFor).toBeDefined();
  });

  it("cannot come between the settlement and the completion", async () => {
    const source = createSource();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stage = await createStage(
      { tell: () => source.done },
      {
        stores: (plain) =>
          disturbedStores(plain, (moment) => (moment === "settle before" ? promise : undefined)),
      },
    );
    const heard = await stage.listen(story);
    source.event("story.completed", { story: { credits: 5 } });
    const completion = heard.next();
    await stage.clock.advance(0);
    heard.call.abort();
    heard.body.cancel();
    resolve();
    expect(await completion).toBe("story.completed");
    expect(await heard.next()).toBeUndefined();
    expect(stage.funds()).toMatchObject({ held: 0, used: 5 });
    expect(stage.rows()).toHaveLength(1);
    expect(stage.rows()[0]).toMatchObject({ ending: "done", charged: 5 });
  });
});
