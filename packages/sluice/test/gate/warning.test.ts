/** The header that warns: on answers to calls that cost, once nearly all of the credits or of a budget is used. */
import { parseList } from "structured-headers";
import { describe, expect, it } from "vitest";
import { defineApi, defineWire, fixed, monthly, standard } from "../../src/contract/index.ts";
import { handlers, reply } from "../../src/gate/index.ts";
import { wire as acmeWire } from "./fixtures/acme.ts";
import { account, CHANGE, key, secretFor, secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Mill" },
  basePath: "/v1",
  key: acmeWire.key,
  plans: ["free", "pro", "team"],
  windows: {},
  headers: { rateLimit: "none", warning: "X-Running-Low" },
  operations: {
    grind: { method: "POST", path: "/flour", summary: "Grinds." },
    look: { method: "GET", path: "/flour", summary: "Looks." },
  },
});

function millWith(percents?: readonly number[]) {
  const plan = { title: "Pro", allowance: { credits: 100, reset: monthly } };
  return defineApi(
    wire,
    {
      plans: { free: { title: "Free" }, pro: plan, team: plan },
      ...(percents && { warnings: { percents } }),
      operations: { grind: { price: fixed(10) }, look: {} },
    },
    standard.pages,
  );
}

/** A mill, and what each grinding's header says. */
async function open(percents?: readonly number[]) {
  const mill = millWith(percents);
  const upstream = handlers(mill, {
    grind: () => ({ ...reply({}), headers: ["X-Running-Low", "forged"] }),
    look: () => reply({}),
  });
  const rig = await createRig({ api: mill, upstream });
  const grind = async (secret: string = secrets.pro) => {
    const { header } = await rig.send({ path: "/v1/flour", key: secret, method: "POST" });
    return header("x-running-low");
  };
  return { rig, grind };
}

async function ground(grind: () => Promise<string | undefined>, times: number) {
  const said: (string | undefined)[] = [];
  for (let n = 0; n < times; n++) said.push(await grind());
  return said;
}

describe("the header that warns", () => {
  it("says how much of the credits is used, from the highest percent below 100 on", async () => {
    const { rig, grind } = await open();
    const said = await ground(grind, 10);
    expect(said.slice(0, 8)).toEqual(new Array(8).fill(undefined));
    expect(said.slice(8)).toEqual(["credits;used=90", "credits;used=100"]);
    // A call that costs nothing, and one that is refused, say nothing.
    const looked = await rig.send({ path: "/v1/flour", key: secrets.pro });
    expect(looked.header("x-running-low")).toBeUndefined();
    expect(await grind()).toBeUndefined();
  });

  it("goes by the contract's percents, and before them by the account's own", async () => {
    const { grind } = await open([40, 70]);
    expect((await ground(grind, 7)).slice(5)).toEqual([undefined, "credits;used=70"]);
    const other = await open([40, 70]);
    const warnings = { url: "https://example.com", percents: [20, 100], secretVersion: 1 };
    await other.rig.stores.directory.putAccount(account("pro", { warnings }), CHANGE);
    expect((await ground(other.grind, 2)).slice(0)).toEqual([undefined, "credits;used=20"]);
    const last = await open([100]);
    expect((await ground(last.grind, 10)).slice(8)).toEqual([undefined, "credits;used=100"]);
  });

  it("counts what was granted beside the allowance as not used", async () => {
    const { rig, grind } = await open();
    rig.stores.ledger.grant({ id: "g", accountId: "pro", amount: 15, reason: "gift" }, 0);
    const said = await ground(grind, 11);
    expect(said.slice(9)).toEqual([undefined, "credits;used=95"]);
  });

  it("is never the upstream's", async () => {
    const { grind } = await open();
    expect(await grind()).toBeUndefined();
  });
});

describe("the header that warns of a budget", () => {
  it("names the scope with the least room, as an RFC 9651 list", async () => {
    const { rig, grind } = await open();
    const secret = secretFor("bound");
    const { directory } = rig.stores;
    const workspace = { id: "ws_1", accountId: "pro", name: "one", budget: 40 };
    await directory.putWorkspace(workspace, CHANGE);
    const bound = { accountId: "pro", workspaceId: "ws_1", budget: 1_000 };
    await directory.putKey(key("bound", secret, bound), CHANGE);
    const said = await ground(() => grind(secret), 4);
    expect(said).toEqual([undefined, undefined, undefined, "budget;scope=workspace;used=100"]);
    for (let n = 0; n < 4; n++) await grind();
    await directory.putWorkspace({ ...workspace, budget: 52 }, CHANGE);
    const both = await grind(secret);
    expect(both).toBe("credits;used=90, budget;scope=workspace;used=96");
    const items = parseList(both ?? "");
    expect(items.map(([item]) => String(item))).toEqual(["credits", "budget"]);
    expect(items[1]?.[1].get("used")).toBe(96);
  });
});
