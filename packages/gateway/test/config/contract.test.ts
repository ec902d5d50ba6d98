// A contract as data becomes the contract that a gate serves: what is written, and what holds where nothing is.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONDITION_NAMES, fixed, refuse, render } from "sluice";
import { openApiOf, pagesOf } from "sluice/reference";
import { afterAll, describe, expect, it } from "vitest";
import { type Change, changed, load } from "./small.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-contract-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function apiOf(...changes: Change[]) {
  const { settings } = await load(changed(changes), folder);
  const [served] = settings.apis;
  if (served === undefined) throw new Error("There is no API");
  return served.api;
}

describe("a contract as data", () => {
  it("has the standard catalogue, with a page for each code, where nothing is said of codes", async () => {
    const api = await apiOf();
    expect(Object.keys(api.wire.codes).toSorted()).toEqual([...CONDITION_NAMES].toSorted());
    expect(Object.keys(api.pages).toSorted()).toEqual([...CONDITION_NAMES].toSorted());
    expect(api.wire.envelope.name).toBe("nested");
    expect(api.wire.key).toEqual({
      prefixes: { live: "acme_live_" },
      alphabet: "base62",
      length: 38,
      checksum: "crc32",
      places: [{ bearer: true }],
    });
    expect(api.wire.headers).toEqual({ rateLimit: "x-ratelimit" });
    expect(api.server.plans).toEqual({ free: { title: "free" }, pro: { title: "Pro" } });
  });

  it("lets connections be upgraded where it says so, and nowhere else", async () => {
    const upgrades = "websocket";
    const open = [{ path: "GET /live", upgrades }, "/docs"];
    const config = changed([
      ["contract.operations.getBrand.upgrades", upgrades],
      ["open", open],
    ]);
    const [served] = (await load(config, folder)).settings.apis;
    const { operations } = served?.api.server ?? {};
    expect(operations?.["getBrand"]?.upgrades).toBe(upgrades);
    expect(operations?.["listBrands"]?.upgrades).toBeUndefined();
    expect(served?.open).toEqual([{ method: "GET", path: "/live", upgrades }, { path: "/docs" }]);
  });

  it("reads amounts with their units", async () => {
    const { wire, server } = await apiOf(
      ["contract.windows.perMinute.within", "90s"],
      [
        "contract.slots",
        { one: { per: "account", limit: 1, operations: ["getBrand"], retryAfter: "2s" } },
      ],
      ["contract.plans.pro.allowance", { credits: 10, reset: { after: "30d" } }],
      ["contract.plans.free.allowance", { credits: 1, reset: "monthly" }],
      ["contract.operations.getBrand.deadline", "1.5s"],
      ["contract.operations.createBrand.bodyMax", "10KiB"],
      ["contract.operations.createBrand.body", { type: "object" }],
      ["contract.codes", { internal: { retryAfter: { otherwise: "5s" } } }],
    );
    expect(wire.windows["perMinute"]?.windowMs).toBe(90_000);
    expect(wire.slots?.["one"]?.retryAfterMs).toBe(2_000);
    expect(server.plans["pro"]?.allowance?.reset).toEqual({ kind: "lazy", everyMs: 2_592_000_000 });
    expect(server.plans["free"]?.allowance?.reset).toEqual({ kind: "calendar_month" });
    expect(server.operations["getBrand"]?.deadlineMs).toBe(1_500);
    expect(server.operations["createBrand"]?.bodyBytesMax).toBe(10_240);
    expect(wire.codes["internal"]).toMatchObject({
      status: 500,
      retryAfter: { otherwiseMs: 5_000 },
    });
  });

  it("shows in its documents what it says: examples, answers, and what can be reported", async () => {
    const brand = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
    const at = "contract.operations.createBrand";
    const api = await apiOf(
      [`${at}.body`, brand],
      [`${at}.output`, brand],
      [`${at}.successStatus`, 201],
      [`${at}.reports`, ["conflict"]],
      [`${at}.example`, { body: { name: "Acme" }, output: { name: "Acme" } }],
      ["contract.operations.getBrand.example", { params: { brandId: "brand_1" } }],
      ["contract.examples", { conflict: { operation: "createBrand", given: "Acme is there." } }],
    );
    const pages = new Map(pagesOf(api).map(({ path, markdown }) => [path, markdown]));
    const page = pages.get("operations/createBrand") ?? "";
    expect(page).toContain(`-d '{"name":"Acme"}'`);
    expect(page).toContain('answered with `201`.\n\n```json\n{"name":"Acme"}\n```');
    expect(page).toContain("[`conflict`](");
    expect(pages.get("operations/listBrands")).not.toContain("[`conflict`](");
    expect(pages.get("operations/getBrand")).toContain("/brands/brand_1");
    expect(pages.get("errors/conflict")).toContain("Acme is there.");
    const { paths } = openApiOf(api) as { paths: Record<string, { post?: { responses: object } }> };
    expect(paths["/brands"]?.post?.responses).toMatchObject({
      "201": { content: { "application/json": { example: { name: "Acme" } } } },
    });
  });

  it("has prices in three forms", async () => {
    const price = async (written: unknown, ...more: Change[]) =>
      (await apiOf(["contract.operations.createBrand.price", written], ...more)).server.operations[
        "createBrand"
      ]?.price;
    expect(await price({ fixed: 5 })).toEqual(fixed(5));
    expect(await price({ atMost: 9, actual: { pointer: "/cost" } })).toMatchObject({
      kind: "at_most",
      credits: 9,
      actual: "/cost",
    });
    expect(await price({ atMost: 9, actual: { header: "Sluice-Cost" } })).toMatchObject({
      inHeader: "Sluice-Cost",
    });
    const body: Change = ["contract.operations.createBrand.body", {}];
    expect(await price({ quote: "/quote", pointer: "/credits" }, body)).toMatchObject({
      kind: "quote",
      path: "/quote",
      credits: "/credits",
    });
  });

  it("spells a condition anew, and drops the standard code that nothing is spelled by any more", async () => {
    const api = await apiOf(
      ["contract.envelope", "flat"],
      [
        "contract.codes",
        { NO_SUCH_THING: { status: 404, message: "Gone.", action: "fix_request", retry: "never" } },
      ],
      ["contract.conditions", { not_found: "NO_SUCH_THING" }],
    );
    expect(api.wire.codes).not.toHaveProperty("not_found");
    const { status, body } = render(api.wire, refuse("not_found"), {});
    expect([status, JSON.parse(body)]).toEqual([404, { error: "Gone.", code: "NO_SUCH_THING" }]);
    expect(api.pages["NO_SUCH_THING"]).toMatchObject({ howToFix: expect.stringMatching(/./) });
  });

  it("says of itself what documents begin with", async () => {
    const said = { origin: "https://api.acme.dev", summary: "Acme answers.", keysAt: "Settings" };
    const api = await apiOf(
      ...Object.entries(said).map(([name, value]): Change => [`contract.${name}`, value]),
    );
    expect(api.wire.about).toMatchObject(said);
    await expect(apiOf(["contract.origin", "https://api.acme.dev/v1"])).rejects.toThrow(
      'contract.origin: "https://api.acme.dev/v1" is no origin',
    );
  });

  it("takes pages of one's own from a folder", async () => {
    mkdirSync(join(folder, "pages"));
    const text =
      "# not_found\n\n## What happened\n\nA\n\n## How to fix\n\nB\n\n## What to show an end user\n\nC\n";
    writeFileSync(join(folder, "pages/not_found.md"), text);
    const api = await apiOf(["contract.pages", "./pages"]);
    expect(api.pages["not_found"]).toMatchObject({
      whatHappened: "A",
      howToFix: "B",
      endUser: "C",
    });
    writeFileSync(join(folder, "pages/not_found.md"), "# not_found\n");
    await expect(apiOf(["contract.pages", "./pages"])).rejects.toThrow(
      'contract.pages.not_found: has nothing under "## What happened"',
    );
  });

  it("takes parameters of a path for texts where nothing is said of them", async () => {
    const api = await apiOf();
    const params = api.server.operations["getBrand"]?.params?.["~standard"];
    expect(await params?.validate({ brandId: "7" })).toEqual({ value: { brandId: "7" } });
  });
});
