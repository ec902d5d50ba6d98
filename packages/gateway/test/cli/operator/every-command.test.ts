// Every command that an operator has, run against a gate that serves and against the same stores when nobody does. No secret but
// the one that a command is asked for is in anything that any of them says.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { OperatorName } from "../../../src/cli/command/commands.ts";
import { openShop, type Shop } from "./shop.ts";

vi.setConfig({ testTimeout: 120_000 });

interface Ids {
  readonly account: string;
  readonly key: string;
  readonly workspace: string;
  readonly request: string;
  readonly incident: string;
  readonly token: string;
}

/** What stands behind each, so that it goes well; where a code stands, it ends with that. */
const samples: {
  readonly [Name in OperatorName]: (ids: Ids) => readonly [args: string, endsWith?: number];
} = {
  explain: ({ request }) => [request],
  "log show": ({ account }) => [`--account ${account} --since 1h --ending done --limit 5`],
  "log tail": () => ["--limit 0 --status 42", 2],
  audit: () => [""],
  console: () => [""],
  health: () => [""],
  "holds list": ({ account }) => [`--account ${account} --all`],
  "holds show": ({ request }) => [request],
  changes: ({ account }) => [`--account ${account} --kind key --all`],
  "warnings list": ({ account }) => [`--account ${account} --state listed`],
  "warnings set": () => ["--to https://example.com/hook --percent 80 --percent 50"],
  "warnings off": () => [""],
  "warnings secret": () => ["", 2],
  "warnings send": () => ["warning_none", 4],
  "accounts list": () => ["--search Ada"],
  "accounts show": ({ account }) => [account],
  "accounts create": () => ["--name Grace --plan pro --id acct_grace"],
  "accounts change": ({ account }) => [
    `${account} --plan pro --except windows.requests=9 --except allowance=700`,
  ],
  "workspaces list": ({ account }) => [`--account ${account}`],
  "workspaces create": ({ account }) => [`--account ${account} --name Lab --budget 1_000`],
  "projects list": ({ account }) => [`--account ${account}`],
  "projects create": ({ account, workspace }) => [
    `--account ${account} --name Probe --workspace ${workspace}`,
  ],
  "keys list": ({ account }) => [`--account ${account} --limit 1`],
  "keys show": ({ key }) => [key],
  "keys create": ({ account }) => [`--account ${account} --name second --expires 2030-01-31`],
  "keys rotate": ({ key }) => [`${key} --overlap 7d`],
  "keys change": ({ key }) => [`${key} --name renamed --budget none --expires none`],
  "keys revoke": ({ key }) => [`${key} --yes`],
  "credits show": ({ account }) => [`--account ${account}`],
  "credits grant": ({ account }) => [`7 --account ${account} --reason gift --id gift-1`],
  "credits grants": ({ account }) => [`--account ${account}`],
  "credits history": ({ account }) => [`--account ${account} --limit 2`],
  "budget show": ({ account }) => [`--account ${account}`],
  "budget set": ({ account, workspace }) => [`90 --workspace ${workspace} --account ${account}`],
  "incidents list": () => ["--open"],
  "incidents show": ({ incident }) => [incident],
  "incidents create": () => ["--title Slow --impact degraded --text Looking"],
  "incidents say": ({ incident }) => [`${incident} --text Better`],
  "incidents end": ({ incident }) => [incident],
  "tokens list": () => [""],
  "tokens create": () => ["--name desk --role support --expires 30d"],
  "tokens revoke": ({ token }) => [`${token} --yes`],
};

const secretive: readonly string[] = ["keys create", "keys rotate", "tokens create", "console"];
/** What only a gate has. */
const ofAGate: readonly string[] = ["log tail", "console"];
/** Not twice the same. */
const once = / (create|revoke|end|grant)$/;
/** What prints a secret or nothing has no data to print. */
const withoutJson: readonly string[] = ["warnings set", "warnings off", "warnings secret"];

async function prepared(shop: Shop) {
  await (await shop.serve()).stop();
  const { id: account } = await shop.json("accounts", "create", "--name", "Ada", "--plan", "free");
  const made = await shop.json("keys", "create", "--name", "first");
  const { id: workspace } = await shop.json("workspaces", "create", "--name", "Main");
  const { id: incident } = await shop.json(
    "incidents",
    "create",
    "--title",
    "Old",
    "--impact",
    "none",
  );
  const token = await shop.json("tokens", "create", "--name", "old", "--role", "operator");
  return {
    secrets: [made.secret, token.secret] as string[],
    ids: { account, key: made.key.id, workspace, incident, token: token.token.id } as Omit<
      Ids,
      "request"
    >,
  };
}

async function called(
  shop: Shop,
  key: string,
): Promise<{ request: string; stop(): Promise<void> }> {
  const serving = await shop.serve();
  const { id } = await serving.call("/report", key);
  await expect
    .poll(async () => (await shop.run("log", "show", id)).code, { timeout: 20_000 })
    .toBe(0);
  return { request: id, stop: () => serving.stop() };
}

function pepperOf({ folder }: Shop): string {
  const text = readFileSync(join(folder, ".sluice", "pepper.json"), "utf8");
  const { versions } = JSON.parse(text) as { versions: [{ secret: string }] };
  return versions[0].secret;
}

describe.each(["a gate that serves", "stores that nobody serves"])(
  "every command, on %s",
  (kind) => {
    it("goes well, gives its data as JSON where it has any, and shows no secret", async () => {
      const shop = await openShop();
      const { secrets, ids } = await prepared(shop);
      const { request, stop } = await called(shop, secrets[0] ?? "");
      if (kind !== "a gate that serves") await stop();
      const before = shop.said.length;
      const outs: string[] = [];
      for (const [name, sample] of Object.entries(samples)) {
        const [args, endsWith = 0] = sample({ ...ids, request });
        const all = [...name.split(" "), ...args.split(" ").filter((one) => one !== "")];
        const { code, out, err } = await shop.run(...all);
        const isNowhere = ofAGate.includes(name) && kind !== "a gate that serves";
        expect([name, code, err], err).toEqual([name, isNowhere ? 3 : endsWith, err]);
        if (!isNowhere && (secretive.includes(name) || name === "warnings set")) {
          expect(out, name).toMatch(/^(shop_live_|sluice_token_|whsec_|http:\S+#)\S+\n$/);
          secrets.push(out.trim().replace(/.*#/, ""));
        } else outs.push(out);
        outs.push(err);
        if (endsWith !== 0 || isNowhere || withoutJson.includes(name) || once.test(name)) continue;
        const asked = await shop.run(...all, "--json");
        if (name === "console") secrets.push(JSON.parse(asked.out).code);
        else if (secretive.includes(name)) secrets.push(JSON.parse(asked.out).secret);
        else outs.push(asked.out);
        const isList = / list$|^log show$|^changes$| (grants|history)$|^budget show$/.test(name);
        const documents = isList
          ? asked.out.split("\n").filter((line) => line !== "")
          : [asked.out];
        for (const document of documents) JSON.parse(document);
      }
      if (kind === "a gate that serves") await stop();
      expect(outs.length).toBeGreaterThan(50);
      const everything = [...outs, ...shop.said.slice(0, before)].join("\n");
      expect(secrets).toHaveLength(kind === "a gate that serves" ? 9 : 7);
      for (const hidden of [...secrets, pepperOf(shop)]) expect(everything).not.toContain(hidden);
    });
  },
);
