/** What ends a call that starts a job before it has started one: its deadline, and not its caller. */
import { describe, expect, it } from "vitest";
import { DEADLINE_MS_DEFAULT } from "../../src/contract/index.ts";
import { reply } from "../../src/gate/index.ts";
import { until } from "../adapter/fixtures/until.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { secrets } from "./fixtures/people.ts";
import { createStage } from "./fixtures/stage.ts";
import { FILM_CREDITS } from "./fixtures/studio.ts";

const film = { path: "/v1/films", key: secrets.pro, body: { prompt: "a cat" } };

describe("a job that is being started", () => {
  it("is not interrupted by its caller's departure: nobody would hold what the job costs", async () => {
    const stage = await createStage({
      async film(_, { requestId, signal }) {
        call.abort();
        await Promise.resolve();
        signal.throwIfAborted();
        return reply({ id: requestId, status: "pending", error: null }, 201);
      },
    });
    const call = new FakeCall(film);
    await stage.pass(call);
    expect(stage.funds()).toMatchObject({ held: FILM_CREDITS, used: 0 });
    expect([stage.stores.limits.slotsInUse("films:pro"), stage.rows()[0]?.ending]).toEqual([
      1,
      "done",
    ]);
  });

  it("is interrupted at its deadline", async () => {
    const { promise: aborted, resolve } = Promise.withResolvers<unknown>();
    const stage = await createStage({
      film: (_, { signal }) => {
        signal.addEventListener("abort", () => resolve(signal.reason));
        return new Promise(() => undefined);
      },
    });
    const refused = stage.send(film);
    await until(() => stage.clock.pendingTimers > 0);
    await stage.clock.advance(DEADLINE_MS_DEFAULT);
    expect((await refused).code).toBe("upstream_timeout");
    expect(await aborted).toBeInstanceOf(Error);
    expect([stage.funds().held, stage.stores.limits.slotsInUse("films:pro")]).toEqual([0, 0]);
  });
});
