/** Whoever watches hears who spends: after each charge and each refusal for want of credits or room, and of nothing else. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Budget, Spend } from "../../src/gate/index.ts";
import { CHANGE, key, secretFor, secrets } from "./fixtures/people.ts";
import { createSource, createStage, type Stage, tellStory } from "./fixtures/stage.ts";
import { FILM_CREDITS } from "./fixtures/studio.ts";

const boundSecret = secretFor("bound");
const workspaceBudget: Budget = { scope: "workspace", id: "ws_1", cap: 50 };
const keyBudget: Budget = { scope: "key", id: "key_bound", cap: 45 };

let heard: Spend[];
let stage: Stage;

async function open(changed: Parameters<typeof createStage>[0] = {}): Promise<void> {
  heard = [];
  stage = await createStage(changed, { gate: { onSpend: (spend) => heard.push(spend) } });
  const { directory } = stage.stores;
  await directory.putWorkspace(
    { id: "ws_1", accountId: "pro", name: "one", budget: workspaceBudget.cap },
    CHANGE,
  );
  const bound = { accountId: "pro", workspaceId: "ws_1", budget: keyBudget.cap };
  await directory.putKey(key("bound", boundSecret, bound), CHANGE);
}

const post = (path: string, secret: string = secrets.pro) =>
  stage.send({ path: `/v1/${path}`, key: secret, body: { prompt: "a cat" } });

describe("who spends", () => {
  beforeEach(() => open());

  it("is told after a charge, with the budgets that it counted against", async () => {
    await post("stories");
    expect(heard).toEqual([{ accountId: "pro", budgets: [], short: undefined }]);
    await post("stories", boundSecret);
    const budgets = [keyBudget, workspaceBudget];
    expect(heard[1]).toEqual({ accountId: "pro", budgets, short: undefined });
  });

  it("is told once an account has too few credits, or a budget too little room", async () => {
    await post("films");
    await post("films");
    expect((await post("films")).code).toBe("credits_exhausted");
    expect(heard).toEqual([{ accountId: "pro", budgets: [], short: "account" }]);
    await open();
    await post("films", boundSecret);
    expect((await post("films", boundSecret)).code).toBe("budget_exceeded");
    const budgets = [keyBudget, workspaceBudget];
    expect(heard).toEqual([{ accountId: "pro", budgets, short: keyBudget }]);
  });

  it("is told at the end of a job, which does not know its budgets any more", async () => {
    const { requestId } = await post("films", boundSecret);
    expect(heard).toEqual([]);
    await stage.gate.jobs.end(requestId, { kind: "completed", credits: FILM_CREDITS });
    expect(heard).toEqual([{ accountId: "pro", budgets: undefined, short: undefined }]);
    const failed = await post("films");
    await stage.gate.jobs.end(failed.requestId, { kind: "failed" });
    expect(heard).toHaveLength(1);
  });

  it("is nobody where nothing is charged: a free call, another refusal, a replay", async () => {
    await stage.send({ path: "/v1/shelves/ws_1", key: secrets.pro });
    await post("nowhere");
    await stage.send({ path: "/v1/stories", key: secrets.pro, body: {} });
    expect(heard).toEqual([]);
    const once = {
      ...{ path: "/v1/stories", key: secrets.pro, body: { prompt: "a cat" } },
      headers: { "Idempotency-Key": "once" },
    };
    await stage.send(once);
    expect((await stage.send(once)).header("idempotent-replayed")).toBe("true");
    expect(heard).toHaveLength(1);
  });
});

it("is told at the end of a stream", async () => {
  const source = createSource();
  await open({ tell: () => source.done });
  const listening = await stage.listen({
    ...{ path: "/v1/stories", key: secrets.pro, body: { prompt: "a cat" } },
  });
  expect(heard).toEqual([]);
  tellStory(source, ["once"], 4);
  await listening.rest();
  expect(heard).toEqual([{ accountId: "pro", budgets: [], short: undefined }]);
});

it("may fail to listen: the caller has his answer, and the operator hears of it", async () => {
  stage = await createStage(
    {},
    {
      gate: {
        onSpend: () => {
          throw new Error("not now");
        },
      },
    },
  );
  expect((await post("stories")).status).toBe(200);
  expect(stage.funds().used).toBe(3);
  expect(stage.events).toMatchObject([{ kind: "fault", step: "settle" }]);
});
