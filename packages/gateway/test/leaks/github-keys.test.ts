// GitHub's public keys: fetched from one address, kept, believed for a while without it, and never asked for in a flood.

import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { fetchedGithubKeys, githubKeysUrl, publicKeysIn } from "../../src/leaks/github-keys.ts";
import { listOf, newSigningKey, startKeyServer } from "./fixtures/github.ts";
import { reportOf, useWorlds } from "./fixtures/world.ts";

const [first, second] = [newSigningKey("first"), newSigningKey("second")];
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

async function fetching(keys = [first]) {
  const server = await startKeyServer((_, response) => response.end(listOf(keys)));
  const clock = new VirtualClock();
  const troubles: (string | undefined)[] = [];
  const onTrouble = (error: Error | undefined) => troubles.push(error?.message);
  const ring = fetchedGithubKeys({ clock, onTrouble, url: server.url });
  const find = async (id: string) => {
    const found = await ring.find(id);
    return typeof found === "string" ? found : "found";
  };
  return { server, clock, troubles, ring, find };
}

describe("fetched keys", () => {
  it("come from where GitHub publishes them, and from nowhere else", () => {
    expect(githubKeysUrl).toBe("https://api.github.com/meta/public_keys/secret_scanning");
  });

  it("are fetched once for all who ask at once, and kept for an hour", async () => {
    const { server, clock, find } = await fetching();
    const found = await Promise.all(["first", "first", "second", "first"].map(find));
    expect([found, server.asked]).toEqual([["found", "found", "unknown", "found"], 1]);
    await clock.advance(hourMs - 1);
    expect([await find("first"), server.asked]).toEqual(["found", 1]);
    await clock.advance(1);
    expect([await find("first"), server.asked]).toEqual(["found", 2]);
  });

  it("that are new are found after five minutes at the latest, and whoever invents some causes no more", async () => {
    const { server, clock, find } = await fetching();
    expect(await find("second")).toBe("unknown");
    server.answerWith((_, response) => response.end(listOf([first, second])));
    for (let i = 0; i < 50; i++) expect(await find(`invented-${i}`)).toBe("unknown");
    expect(server.asked).toBe(1);
    await clock.advance(5 * minuteMs);
    expect([await find("second"), server.asked]).toEqual(["found", 2]);
  });

  it("that GitHub has withdrawn are not believed any more", async () => {
    const { server, clock, find } = await fetching([first, second]);
    expect(await find("second")).toBe("found");
    server.answerWith((_, response) => response.end(listOf([first])));
    await clock.advance(hourMs);
    expect(await find("second")).toBe("unknown");
  });

  it("go on for a day while GitHub does not answer, and then nobody is believed", async () => {
    const { server, clock, find, troubles } = await fetching();
    expect(await find("first")).toBe("found");
    server.answerWith((_, response) => response.writeHead(500).end());
    await clock.advance(hourMs);
    expect([await find("first"), await find("new")]).toEqual(["found", "unavailable"]);
    await clock.advance(23 * hourMs - 1);
    expect(await find("first")).toBe("found");
    await clock.advance(1);
    expect(await find("first")).toBe("unavailable");
    server.answerWith((_, response) => response.end(listOf([first])));
    await clock.advance(30_000);
    expect(await find("first")).toBe("found");
    // Told once when it begins, and once when it is over.
    expect(troubles).toEqual(["GitHub's list of keys has the status 500", undefined]);
  });

  it("are asked for twice a minute while there are none, however many reports come", async () => {
    const { server, clock, find } = await fetching();
    server.answerWith((request) => request.socket.destroy());
    for (let i = 0; i < 20; i++) expect(await find("first")).toBe("unavailable");
    expect(server.asked).toBe(1);
    await clock.advance(30_000);
    expect([await find("first"), server.asked]).toEqual(["unavailable", 2]);
  });

  it.each<[string, (response: import("node:http").ServerResponse, url: string) => void]>([
    ["a redirect", (response, url) => response.writeHead(302, { location: url }).end()],
    ["no JSON", (response) => response.end("<html>")],
    ["another JSON", (response) => response.end('{"public_keys":{}}')],
    ["nothing", (response) => response.end("null")],
    ["too much", (response) => response.end(listOf([first]) + " ".repeat(70_000))],
    ["too many", (response) => response.end(listOf(Array.from({ length: 21 }, () => first)))],
    ["another curve", (response) => response.end(listOf([newSigningKey("first", "P-384")]))],
    ["no key", (response) => response.end(listOf([{ id: "first", pem: "none" }]))],
    ["half", (response) => response.writeHead(200, { "content-length": 9_999 }).write("{")],
  ])("are not what comes with %s", async (_what, answer) => {
    const { server, find, clock } = await fetching();
    let asked: (() => void) | undefined;
    const came = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.answerWith((_, response) => {
      answer(response, server.url);
      asked?.();
    });
    const found = find("first");
    await came;
    if (_what === "half") await clock.advance(5_000);
    expect([await found, server.asked]).toEqual(["unavailable", 1]);
  });

  it("of another curve are left out of a list", () => {
    const keys = publicKeysIn(listOf([newSigningKey("other", "P-384"), first]));
    expect(keys).toEqual([{ id: "first", pem: first.pem }]);
  });
});

describe("a report", () => {
  const open = useWorlds();

  it("waits while GitHub's keys cannot be had, and is believed once they can", async () => {
    const { server, clock: keyClock, ring } = await fetching();
    server.answerWith((_, response) => response.writeHead(503).end());
    const { post, newKey, stores } = await open("memory", { keys: ring });
    const { key, secret } = await newKey();
    const unread = () => {
      throw new Error("was read");
    };
    // It is nobody's fault, so it is not counted.
    for (let i = 0; i < 40; i++) {
      const { status, headers } = await post([reportOf(secret)], {
        signedBy: first,
        readBody: unread,
      });
      expect([status, headers["retry-after"]]).toEqual([503, "30"]);
    }
    server.answerWith((_, response) => response.end(listOf([first])));
    await keyClock.advance(30_000);
    expect((await post([reportOf(secret)], { signedBy: first })).labels).toEqual(["true_positive"]);
    expect((await stores.directory.key(key.id))?.revokedAtMs).toBeDefined();
  });
});
