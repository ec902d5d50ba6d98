/** Answers that stream: what leaves, when it is paid for, and every way in which a stream can end. */
import { describe, expect, it } from "vitest";
import { disturbedStores } from "./fixtures/moments.ts";
import { createSource, createStage, tellStory } from "./fixtures/stage.ts";
import { SLOT, song, stageWith, story, WORDS } from "./fixtures/stories.ts";
import { DEADLINE_MS, STORY_CREDITS } from "./fixtures/studio.ts";

describe("an answer that streams", () => {
  it("sends its head before any event is there, with the headers of every answer", async () => {
    const { stage } = await stageWith();
    const { head } = await stage.listen(story);
    expect(head.status).toBe(200);
    expect(head.header("Content-Type")).toBe("text/event-stream");
    expect(head.requestId).not.toBe("");
    expect(head.header("X-RateLimit-Remaining")).toBe("999");
  });

  it("passes each event on as it came, without what is told to the gate alone", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.write("event: story.begun\r\ndata: {}\r\n\r\n: keep-alive\n\n");
    source.write(': sluice-cost 1\nevent: story.word\nid: 7\ndata: {"word":"a"}\n\n');
    source.write(": sluice-cost 2\n\n");
    source.event("story.completed", { story: { credits: 2 } });
    source.end();
    await heard.rest();
    expect(heard.text).toBe(
      "event: story.begun\r\ndata: {}\r\n\r\n: keep-alive\n\n" +
        'event: story.word\nid: 7\ndata: {"word":"a"}\n\n' +
        'event: story.completed\ndata: {"story":{"credits":2}}\n\n',
    );
  });

  it("costs what its completion says, and gives back the rest of the hold", async () => {
    const { stage } = await stageWith((source) => tellStory(source, WORDS, 6));
    const heard = await stage.listen(story);
    expect(stage.funds()).toMatchObject({ held: STORY_CREDITS, used: 0 });
    await heard.rest();
    expect(stage.funds()).toEqual({ ...stage.funds(), held: 0, used: 6, remaining: 94 });
    expect(stage.rows()[0]).toMatchObject({ status: 200, ending: "done", charged: 6, held: 10 });
  });

  it("is settled before its completion leaves", async () => {
    const { stage } = await stageWith((source) => tellStory(source, WORDS, 6));
    const heard = await stage.listen(story);
    for (;;) {
      const before = stage.funds().used;
      const name = await heard.next();
      if (name !== "story.completed") {
        expect([name, before, stage.funds().used]).toEqual([name, 0, 0]);
        continue;
      }
      expect(stage.funds().used).toBe(6);
      break;
    }
    expect(await heard.rest()).toEqual(["[DONE]"]);
  });

  it("costs all that was held where its completion does not say", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.event("story.completed", { story: {} });
    source.end();
    await heard.rest();
    expect(stage.funds().used).toBe(STORY_CREDITS);
  });

  it("never costs more than was held: the rest is written down for the operator", async () => {
    const { stage } = await stageWith((source) => tellStory(source, WORDS, 12));
    const heard = await stage.listen(story);
    await heard.rest();
    expect(stage.funds().used).toBe(STORY_CREDITS);
    expect(stage.stores.ledger.hold(heard.head.requestId)).toMatchObject({ overage: 2 });
  });

  it("ends by its data where it has no names, at its fixed price", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(song);
    source.event(undefined, { note: "la" });
    source.event(undefined, "[DONE]");
    source.end();
    expect(await heard.rest()).toEqual(['{"note":"la"}', "[DONE]"]);
    expect(stage.funds().used).toBe(7);
  });

  it("takes its slot until it ends", async () => {
    const { stage } = await stageWith((source) => tellStory(source, WORDS, 6));
    const heard = await stage.listen(story);
    expect(stage.stores.limits.slotsInUse(SLOT)).toBe(1);
    await heard.rest();
    expect(stage.stores.limits.slotsInUse(SLOT)).toBe(0);
    expect(stage.clock.pendingTimers).toBe(0);
    expect(heard.call.listeners).toBe(0);
  });

  it("is an answer like any other where the upstream does not stream", async () => {
    const stage = await createStage({});
    const received = await stage.send(story);
    expect(received.json).toEqual({ credits: 3 });
    expect(stage.funds().used).toBe(3);
  });
});

describe("a stream that fails after its head", () => {
  it("ends with the contract's own error in place of its completion, and costs nothing", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.event("story.begun", {});
    source.break(new Error("the printer is on fire"));
    expect(await heard.rest()).toEqual(["error"]);
    const { requestId } = heard.head;
    expect(heard.text).toContain('data: {"error":{');
    expect(heard.text).toContain('"code":"internal"');
    expect(heard.text).not.toContain("fire");
    expect(heard.text).not.toContain("story.completed");
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
    expect(stage.stores.log.explain(requestId)).toMatchObject({
      status: 500,
      ending: "fault",
      endedAt: "run",
      charged: 0,
    });
    expect(stage.events).toMatchObject([{ kind: "fault", step: "run", requestId }]);
  });

  it("ends so too when the upstream closes without a completion", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.event("story.begun", {});
    source.end();
    expect(await heard.rest()).toEqual(["story.begun", "error"]);
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("says what the upstream reports, through the folding rules", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.event("story.word", {});
    source.event("error", { problem: "full", secret: "shelf 9" });
    source.event("story.completed", { story: { credits: 1 } });
    expect(await heard.rest()).toEqual(["story.word", "error"]);
    expect(heard.text).toContain('"code":"resource_limit_reached"');
    expect(heard.text).not.toContain("shelf 9");
    expect(source.cancelledFor).toBeDefined();
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("does not pass on an error that no rule knows", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.event("error", "at line 7");
    expect(await heard.rest()).toEqual(["error"]);
    expect(heard.text).toContain("internal");
    expect(heard.text).not.toContain("line 7");
    expect(stage.events).toMatchObject([{ kind: "unfolded" }]);
  });

  it("is cut at its deadline, also where nobody reads it", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.event("story.begun", {});
    expect(await heard.next()).toBe("story.begun");
    await stage.clock.advance(DEADLINE_MS);
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
    expect(stage.stores.limits.slotsInUse(SLOT)).toBe(0);
    expect(source.cancelledFor).toBeDefined();
    expect(await heard.rest()).toEqual(["error"]);
    expect(heard.text).toContain("upstream_timeout");
  });

  it("refuses an event that never ends", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.write(`data: ${"x".repeat(2_000_000)}`);
    expect(await heard.rest()).toEqual(["error"]);
    expect(stage.funds().used).toBe(0);
  });

  it("says that the ledger is down in place of its completion, and leaves the hold to the sweeper", async () => {
    const source = createSource();
    const stage = await createStage(
      { tell: () => source.done },
      {
        stores: (plain) =>
          disturbedStores(plain, (moment) => {
            if (moment === "settle before") throw new Error("the ledger is down");
          }),
      },
    );
    const heard = await stage.listen(story);
    tellStory(source, WORDS, 6);
    expect((await heard.rest()).slice(-2)).toEqual(["story.word", "error"]);
    expect(heard.text).toContain("credits_unavailable");
    expect(stage.funds()).toMatchObject({ held: STORY_CREDITS, used: 0 });
  });

  it("is a fault where the operation declares none", async () => {
    const source = createSource();
    const stage = await createStage({ film: () => source.done });
    const received = await stage.send({ ...story, path: "/v1/films" });
    expect(received.code).toBe("internal");
    expect(source.cancelledFor).toBeDefined();
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
  });
});

describe("an idempotency key on a stream", () => {
  it("answers that there is nothing to repeat, and is not charged again", async () => {
    const { stage } = await stageWith((source) => tellStory(source, WORDS, 6));
    const once = { ...story, headers: { "Idempotency-Key": '"once"' } };
    const heard = await stage.listen(once);
    expect((await stage.send(once)).code).toBe("request_in_progress");
    await heard.rest();
    expect((await stage.send(once)).code).toBe("replay_unavailable");
    expect(stage.funds().used).toBe(6);
  });

  it("can be used again after a stream that failed", async () => {
    const { stage, source } = await stageWith();
    const once = { ...story, headers: { "Idempotency-Key": "once" } };
    const heard = await stage.listen(once);
    source.break(new Error("down"));
    await heard.rest();
    expect((await stage.send(once)).code).not.toBe("replay_unavailable");
  });
});
