// What is said of an answer that had begun when it was refused: its head said nothing of it.

import { describe, expect, it, vi } from "vitest";
import { explain, type LogRow } from "../../src/gate/index.ts";
import { Box, createDepot, download, FETCH_CREDITS, long, piece } from "./fixtures/depot.ts";
import { stageWith, story } from "./fixtures/stories.ts";

describe("the explanation of a stream that was refused after its head", () => {
  it("tells the words of its last event, and nothing of a status that was never sent", async () => {
    const { stage, source } = await stageWith();
    const heard = await stage.listen(story);
    source.event("story.word", {});
    source.event("error", { problem: "full" });
    await heard.rest();
    const row = stage.stores.log.explain(heard.head.requestId) as LogRow;
    const { told, sentences, cost } = explain(stage.gate.api, row);
    expect(told).toMatchObject({ status: undefined, code: "resource_limit_reached" });
    expect(told.headers["X-Request-Id"]).toBe(heard.head.requestId);
    expect(told.headers["Retry-After"]).toBeUndefined();
    expect(heard.text).toContain(`event: error\ndata: ${told.body}\n\n`);
    expect(sentences.join("\n")).toContain(
      "The answer had begun; its last event told the caller resource_limit_reached, ",
    );
    expect(cost.state).toBe("nothing");
  });

  it("tells that bytes were cut off, and that their price is still held", async () => {
    const box = new Box();
    const depot = await createDepot(() => long(box));
    const { body } = await depot.fetch(download);
    vi.spyOn(depot.stores.ledger, "settle").mockImplementation(() => {
      throw new Error("the ledger is down");
    });
    box.send("ab");
    await piece(body);
    box.end();
    await piece(body);
    vi.restoreAllMocks();
    const [row] = depot.rows() as [LogRow];
    const { told, sentences, what } = explain(depot.gate.api, row, {
      ...{ id: row.requestId, accountId: "pro", operation: "fetch", keyId: "key_pro" },
      ...{ amount: FETCH_CREDITS, charged: 0, overage: 0, state: "open", isJob: false },
      ...{ madeAtMs: row.atMs, endedAtMs: undefined },
    });
    expect(what.condition).toBe("credits_unavailable");
    expect(told).toMatchObject({ status: undefined, code: undefined, body: undefined });
    expect(sentences.join("\n")).toContain("The answer had begun and was cut off");
    expect(sentences.join("\n")).toContain(`${FETCH_CREDITS} credits are still set aside`);
  });

  it("says of one that came to its end what it cost", async () => {
    const box = new Box();
    const depot = await createDepot(() => long(box));
    const { body } = await depot.fetch(download);
    box.send("ab");
    await piece(body);
    box.end();
    await piece(body);
    const [row] = depot.rows() as [LogRow];
    const { told, sentences } = explain(depot.gate.api, row);
    expect(told).toMatchObject({ status: 200, body: undefined });
    expect(sentences.slice(1)).toEqual([
      "It went through: 200.",
      `It cost ${FETCH_CREDITS} credits.`,
    ]);
  });
});
