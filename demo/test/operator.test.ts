// "Customer X says they are refused": on the demo one command answers from the request id, of both contracts, while it serves and
// after.

import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { newHome, programOf, startDemo } from "./demo-process.ts";

vi.setConfig({ testTimeout: 120_000 });

const program = fileURLToPath(new URL("../../packages/gateway/src/cli/sluice.ts", import.meta.url));

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function sluice(state: string, ...args: readonly string[]): Promise<Said> {
  const [node = "", ...all] = [...programOf(program), ...args];
  const env = { ...process.env, SLUICE_HOME: state, NO_COLOR: "1", LC_ALL: "C.UTF-8", PORT: "0" };
  const child = spawn(node, all, { cwd: state, env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

it("explains refused requests of both contracts from their ids, by one command, also once it has stopped", async () => {
  const demo = await startDemo(newHome());
  const { mavera, mentova } = demo.file;
  const state = dirname(demo.path);
  const ask = async (url: string, headers: Record<string, string>, body?: object) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(url, {
      ...init,
      headers: { "Content-Type": "application/json", ...headers },
    });
    return {
      status: answer.status,
      text: await answer.text(),
      id: answer.headers.get("x-request-id") ?? "",
    };
  };
  const call = { model: "mavera-1", input: "Hello" };
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
  const brand = { topicId: mentova.ids.exhaustedTopic };
  const refused = [
    await ask(`${mavera.baseUrl}/responses`, bearer(mavera.keys.overBudget), call),
    await ask(`${mavera.baseUrl}/responses`, bearer(mavera.keys.revoked), call),
    await ask(`${mentova.baseUrl}/brands`, { "X-API-Key": mentova.keys.free }),
    await ask(
      `${mentova.baseUrl}/brands/${mentova.ids.exhaustedBrand}/campaigns`,
      { "X-API-Key": mentova.keys.exhausted },
      brand,
    ),
  ];
  const told: string[] = [];
  for (const { status, text, id } of refused) {
    const { code, out, err } = await sluice(state, "explain", id);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`^Refused: ${status} \\w+\\. `));
    // What the caller was told, to the letter; what it cost; and words to send on.
    expect(out).toContain(`\n  ${text}\n`);
    expect(out).toContain("\nWhat it cost\n  Nothing.\n");
    expect(out).toMatch(/\nTo send on\nAt \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* UTC /);
    told.push((await sluice(state, "explain", id, "--words")).out);
  }
  demo.signal("SIGTERM");
  await demo.ended;
  for (const [index, { id }] of refused.entries()) {
    const { code, out, err } = await sluice(state, "explain", id, "--words");
    expect([code, out, err]).toEqual([0, told[index], ""]);
  }
  expect(await sluice(state, "audit")).toEqual({ code: 0, out: "clean\n", err: "" });
});
