/** Who pays below the account: the key's own workspace and project, or what the input names, if it is theirs. */
import { beforeEach, describe, expect, it } from "vitest";
import { disturbedStores, type Moment } from "./fixtures/moments.ts";
import { account, CHANGE, key, secretFor, secrets } from "./fixtures/people.ts";
import { createStage, type Stage } from "./fixtures/stage.ts";

const boundSecret = secretFor("bound");
let stage: Stage;
let moments: Moment[];
let isDown: boolean;

beforeEach(async () => {
  moments = [];
  isDown = false;
  stage = await createStage(
    {},
    {
      stores: (plain) =>
        disturbedStores(plain, (moment) => {
          moments.push(moment);
          if (isDown && moment === "workspace before") throw new Error("down");
        }),
    },
  );
  const { directory } = stage.stores;
  await directory.putAccount(account("other"), CHANGE);
  const workspace = { accountId: "pro", name: "one" };
  await directory.putWorkspace({ ...workspace, id: "ws_rich", budget: 50 }, CHANGE);
  await directory.putWorkspace({ ...workspace, id: "ws_poor", budget: 5 }, CHANGE);
  await directory.putWorkspace({ ...workspace, id: "ws_foreign", accountId: "other" }, CHANGE);
  const project = { ...workspace, workspaceId: "ws_rich" };
  await directory.putProject({ ...project, id: "pj_small", budget: 4 }, CHANGE);
  await directory.putProject({ ...project, id: "pj_large", budget: 40 }, CHANGE);
  const bound = { accountId: "pro", workspaceId: "ws_rich" };
  await directory.putKey(key("bound", boundSecret, bound), CHANGE);
});

function tell(named: Record<string, unknown>, secret: string = secrets.pro) {
  return stage.send({ path: "/v1/stories", key: secret, body: { prompt: "a cat", ...named } });
}

describe("a workspace or project in the input", () => {
  it("pays out of its own budget", async () => {
    const received = await tell({ workspace_id: "ws_poor" });
    expect(received.code).toBe("budget_exceeded");
    expect(stage.row(received).by).toBe("workspace ws_poor");
    expect((await tell({ workspace_id: "ws_rich" })).status).toBe(200);
    expect((await tell({})).status).toBe(200);
  });

  it("pays together with the workspace above it", async () => {
    const received = await tell({ project_id: "pj_small" });
    expect(stage.row(received).by).toBe("project pj_small");
    for (let n = 0; n < 13; n++) await tell({ project_id: "pj_large" });
    // 3 credits each, of which 10 are held: the project's 40 are spent first, then the workspace's 50.
    expect(stage.row(await tell({ project_id: "pj_large" })).by).toBe("project pj_large");
    for (let n = 0; n < 4; n++) await tell({ workspace_id: "ws_rich" });
    expect(stage.row(await tell({ workspace_id: "ws_rich" })).by).toBe("workspace ws_rich");
  });

  it("is what the upstream is told", async () => {
    const received = await stage.send({ path: "/v1/shelves/ws_rich", key: secrets.pro });
    expect(received.json).toEqual({ shelf: "ws_rich" });
  });

  it("must exist and be the caller's: unknown and foreign ones do not differ by a byte", async () => {
    const [unknown, foreign] = [
      await tell({ workspace_id: "ws_nobody" }),
      await tell({ workspace_id: "ws_foreign" }),
    ];
    expect(unknown.code).toBe("not_found");
    expect(unknown.param).toBe("workspace_id");
    expect([foreign.text, foreign.status]).toEqual([unknown.text, unknown.status]);
    expect((await tell({ project_id: "pj_nobody" })).param).toBe("project_id");
    expect((await tell({ workspace_id: "x".repeat(5_000) })).code).toBe("not_found");
    expect((await tell({ workspace_id: "" })).code).toBe("not_found");
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("must belong together", async () => {
    const received = await tell({ workspace_id: "ws_poor", project_id: "pj_large" });
    expect([received.code, received.param]).toEqual(["not_found", "project_id"]);
  });

  it("may be in the path or the query as well", async () => {
    const shelf = (path: string) => stage.send({ path: `/v1/shelves/${path}`, key: secrets.pro });
    expect((await shelf("ws_foreign")).param).toBe("workspaceId");
    expect((await shelf("ws_rich?project=pj_nobody")).param).toBe("project");
    expect((await shelf("ws_rich?project=pj_large")).status).toBe(200);
  });

  it("says nothing where it is null", async () => {
    expect((await tell({ workspace_id: null, project_id: null })).status).toBe(200);
  });
});

describe("a key that belongs to a workspace", () => {
  it("spends that one's budget, whether the input names it or not", async () => {
    for (let n = 0; n < 14; n++) await tell({}, boundSecret);
    const received = await tell({ workspace_id: "ws_rich" }, boundSecret);
    expect(stage.row(received).by).toBe("workspace ws_rich");
    expect(stage.row(await tell({}, boundSecret)).by).toBe("workspace ws_rich");
  });

  it("cannot make another one pay", async () => {
    const received = await tell({ workspace_id: "ws_poor" }, boundSecret);
    expect([received.code, received.param]).toEqual(["forbidden", "workspace_id"]);
    expect((await tell({ project_id: "pj_small" }, boundSecret)).code).toBe("budget_exceeded");
  });
});

describe("a named workspace", () => {
  it("is looked up once, and anew after a change to it", async () => {
    const lookUps = () => moments.filter((moment) => moment === "workspace before").length;
    await tell({ workspace_id: "ws_rich" });
    await tell({ workspace_id: "ws_rich" });
    expect(lookUps()).toBe(1);
    await stage.stores.directory.putWorkspace(
      { id: "ws_rich", accountId: "pro", name: "one", budget: 1 },
      CHANGE,
    );
    expect((await tell({ workspace_id: "ws_rich" })).code).toBe("budget_exceeded");
    expect(lookUps()).toBe(2);
    await stage.clock.advance(60_000);
    await tell({ workspace_id: "ws_rich" });
    expect(lookUps()).toBe(3);
  });

  it("that cannot be looked up is our outage, not the caller's mistake", async () => {
    isDown = true;
    const received = await tell({ workspace_id: "ws_rich" });
    expect(received.code).toBe("unavailable");
    expect(received.header("Retry-After")).toBeDefined();
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
    expect(stage.events).toMatchObject([{ kind: "fault", step: "validate" }]);
  });
});
