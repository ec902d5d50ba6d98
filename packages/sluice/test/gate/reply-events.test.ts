/** A handler that answers with a generator: its events, what they have cost, and its end when nobody listens. */
import { describe, expect, it } from "vitest";
import { type ReplyEvent, replyEvents } from "../../src/gate/index.ts";
import { secrets } from "./fixtures/people.ts";
import { createStage } from "./fixtures/stage.ts";

const story = { path: "/v1/stories", key: secrets.pro, body: { prompt: "a cat" } };

async function stageWith(made: string[], word: () => ReplyEvent) {
  async function* tell(): AsyncGenerator<ReplyEvent> {
    try {
      for (let n = 1; n <= 3; n++) {
        made.push(`word ${n}`);
        yield { ...word(), costSoFar: n };
      }
      made.push("completion");
      yield { name: "story.completed", data: { story: { credits: 5 } } };
      yield { data: "[DONE]" };
    } finally {
      made.push("over");
    }
  }
  return createStage({ tell: () => replyEvents(tell()) });
}

describe("a handler's events", () => {
  it("arrive in order, text as it is and the rest as JSON, and are charged at their end", async () => {
    const stage = await stageWith([], () => ({ name: "story.word", data: { word: "cat" } }));
    const heard = await stage.listen(story);
    await heard.rest();
    expect(heard.text).toBe(
      'event: story.word\ndata: {"word":"cat"}\n\n'.repeat(3) +
        'event: story.completed\ndata: {"story":{"credits":5}}\n\ndata: [DONE]\n\n',
    );
    expect(stage.funds().used).toBe(5);
  });

  it("are made when they are asked for, and no more once the caller has gone", async () => {
    const made: string[] = [];
    const stage = await stageWith(made, () => ({ name: "story.word", data: "two\nlines" }));
    const heard = await stage.listen(story);
    expect(made).toEqual([]);
    await heard.next();
    await heard.next();
    heard.call.abort();
    await stage.clock.advance(0);
    expect(made).toEqual(["word 1", "word 2", "over"]);
    expect(stage.funds()).toMatchObject({ held: 0, used: 2 });
    expect(heard.text).toContain("data: two\ndata: lines\n\n");
  });

  it("end in an error event where the generator throws", async () => {
    const stage = await stageWith([], () => {
      throw new Error("writer's block");
    });
    const heard = await stage.listen(story);
    expect(await heard.rest()).toEqual(["error"]);
    expect(heard.text).not.toContain("block");
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
  });
});
