// Starting and stopping the demo: what it writes and prints, which mistakes it explains, how it drains.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { systemClock } from "sluice/base";
import { describe, expect, onTestFinished, test } from "vitest";
import { newHome, spawnDemo, startDemo, startThroughShell } from "./demo-process.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const live = expect.stringMatching(/^mtv_live_[0-9a-f]{32}$/);
const maveraLive = expect.stringMatching(/^mvra_live_[0-9A-Za-z]{32}$/);
const id = expect.stringMatching(/^clx[0-9a-z]{21}$/);

describe("the demo", () => {
  test("answers once it has said where it is", async () => {
    const { file } = await startDemo();
    expect((await fetch(`${file.url}/healthz`)).status).toBe(200);
  });

  test("has written demo.json by the time it answers", async () => {
    const demo = await startDemo();
    const { url } = demo.file;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(demo.file).toEqual({
      url,
      admin: {
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/admin\/v1$/),
        token: expect.stringMatching(/^sluice_token_\w{38}$/),
      },
      mentova: {
        baseUrl: `${url}/mentova/api/v1`,
        keys: {
          agency: live,
          stranger: live,
          free: live,
          revoked: live,
          exhausted: live,
          test: expect.stringMatching(/^mtv_test_[0-9a-f]{32}$/),
        },
        ids: {
          brand: id,
          topic: id,
          foreignBrand: id,
          fullBrand: id,
          exhaustedBrand: id,
          exhaustedTopic: id,
        },
      },
      mavera: {
        baseUrl: `${url}/mavera/api/v1`,
        keys: {
          starter: maveraLive,
          enterprise: maveraLive,
          stranger: maveraLive,
          revoked: maveraLive,
          expired: maveraLive,
          lapsed: maveraLive,
          exhausted: maveraLive,
          overBudget: maveraLive,
          viewer: maveraLive,
          test: expect.stringMatching(/^mvra_test_[0-9A-Za-z]{32}$/),
        },
        ids: {
          persona: expect.stringMatching(/^clx[0-9a-z]+$/),
          workspace: "ws_demo",
          foreignWorkspace: "ws_somebody_else",
        },
      },
    });
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
  });

  test("keeps its home to its owner, and leaves nothing else behind", async () => {
    const demo = await startDemo();
    const home = dirname(demo.path);
    expect(modeOf(home)).toBe("700");
    expect(modeOf(demo.path)).toBe("600");
    expect(modeOf(join(home, "pepper.json"))).toBe("600");
    expect(modeOf(join(home, "sluice.db"))).toBe("600");
    demo.signal("SIGTERM");
    await demo.ended;
    expect(readdirSync(home).sort()).toEqual([
      "demo.json",
      "mavera.db",
      "mentova.db",
      "pepper.json",
      "serving.lock",
      "sluice.db",
    ]);
  });

  test("prints three lines to paste for each API, and where the keys are", async () => {
    const demo = await startDemo();
    expect(demo.stdout).toContain(demo.path);
    expect(demo.stdout.match(/^(?:curl|for) .*$/gm)).toHaveLength(6);
  });

  test("keeps its keys and ids from start to start", async () => {
    const home = newHome();
    const first = await startDemo(home);
    const { mavera, mentova } = first.file;
    const { keys, ids } = mentova;
    first.signal("SIGTERM");
    await first.ended;
    const second = await startDemo(home);
    expect(second.file.mentova).toMatchObject({ keys, ids });
    expect(second.file.mavera).toMatchObject({ keys: mavera.keys, ids: mavera.ids });
    const headers = { "X-API-Key": keys.agency };
    const reply = await fetch(`${second.file.mentova.baseUrl}/brands/${ids.brand}`, { headers });
    expect(reply.status).toBe(200);
  });

  test.each(["", "null", '{"mentova":{"keys":{"agency":"mine"}}}', "{"])(
    "makes new keys when demo.json is not what it wrote: %j",
    async (content) => {
      const home = newHome();
      const demo = spawnDemo(home);
      mkdirSync(dirname(demo.path), { recursive: true });
      writeFileSync(demo.path, content, { mode: 0o644 });
      await demo.printed("Ctrl-C stops.");
      expect(demo.file.mentova.keys.agency).toEqual(live);
      expect(demo.file.mavera.keys.starter).toEqual(maveraLive);
      expect(modeOf(demo.path)).toBe("600");
    },
  );
});

describe("a start that cannot succeed", () => {
  test("on a port in use says so, and leaves the other's demo.json alone", async () => {
    const first = await startDemo();
    const before = readFileSync(first.path, "utf8");
    const port = new URL(first.file.url).port;
    expect(await spawnDemo(newHome(), port).ended).toEqual({
      code: 1,
      stdout: "",
      stderr: `Cannot listen: port ${port} is in use: stop what listens there, or choose another port.\n`,
    });
    expect(readFileSync(first.path, "utf8")).toBe(before);
  });

  test("on a home that is served already says by whom", async () => {
    const home = newHome();
    const first = await startDemo(home);
    const { code, stderr } = await spawnDemo(home).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^.*state is served by another process: pid \d+, since .*\n$/);
    expect(stderr).toContain(first.file.url);
    expect((await fetch(`${first.file.url}/healthz`)).status).toBe(200);
  });

  test.each(["abc", "-1", "65536", "80.5", "1e3", " "])("on PORT=%j says why", async (port) => {
    const { code, stderr } = await spawnDemo(newHome(), port).ended;
    expect(code).toBe(1);
    expect(stderr).toBe(
      `PORT is ${JSON.stringify(port)}: set it to a whole number from 0 to 65535, ` +
        "or leave it out for 8787.\n",
    );
  });

  test("in a home that is a file says what to do", async () => {
    const home = newHome();
    writeFileSync(join(home, "state"), "");
    const { code, stderr } = await spawnDemo(home).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Cannot write .*state \(.*\): set SLUICE_HOME to a folder that you can write to\.\n$/,
    );
  });
});

describe("a signal", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s stops an idle demo with one line", async (name) => {
    const demo = await startDemo();
    const { url } = demo.file;
    // A connection that is kept open for a next request must not hold the demo up.
    await (await fetch(`${url}/healthz`)).text();
    const { length } = demo.stdout;
    demo.signal(name);
    const { code, stdout, stderr } = await demo.ended;
    expect([code, stdout.slice(length), stderr]).toEqual([0, "Stopped.\n", ""]);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  test("that reaches only the shell around the demo stops it, too", async () => {
    const demo = await startThroughShell();
    demo.signal("SIGTERM");
    await demo.printed("Stopped.");
    expect((await demo.ended).stderr).toBe("");
  });

  test("lets a request that has begun be finished", async () => {
    const demo = await startDemo();
    const { mentova } = demo.file;
    const { begun, finish } = slowRequest(mentova.baseUrl, mentova.keys.agency);
    await begun;
    demo.signal("SIGINT");
    await demo.printed("Stopping once a request is answered");
    await expect(fetch(`${demo.file.url}/healthz`)).rejects.toThrow();
    expect(await finish()).toMatch(/^HTTP\/1\.1 201 /);
    expect((await demo.ended).code).toBe(0);
  });

  test("sent again ends the demo at once, though not when it is the same Ctrl-C", async () => {
    const demo = await startDemo();
    const { mentova } = demo.file;
    const { begun } = slowRequest(mentova.baseUrl, mentova.keys.agency);
    await begun;
    demo.signal("SIGINT");
    await demo.printed("Stopping once a request is answered");
    demo.signal("SIGINT");
    const early = await Promise.race([demo.ended, pause(700)]);
    expect(early).toBe("running");
    demo.signal("SIGINT");
    expect((await demo.ended).code).toBe(130);
  });
});

/** The demo runs in real time; so does this. */
async function pause(ms: number): Promise<"running"> {
  await systemClock.sleep(ms);
  return "running";
}

/** A POST whose body comes in two halves. */
function slowRequest(baseUrl: string, key: string) {
  const { hostname, port, pathname } = new URL(baseUrl);
  const [head, tail] = ['{"name":', '"Slow"}'];
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  socket.setEncoding("utf8");
  let received = "";
  const begun = new Promise<void>((resolve) => {
    // Whoever is told to go on with the body knows that the head was read.
    socket.on("data", (chunk) => {
      received += chunk;
      if (received.includes("100 Continue")) resolve();
    });
  });
  socket.write(
    `POST ${pathname}/brands HTTP/1.1\r\nHost: ${hostname}\r\nX-API-Key: ${key}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${head.length + tail.length}\r\n` +
      `Expect: 100-continue\r\n\r\n`,
  );
  const finish = async () => {
    received = "";
    socket.write(head + tail);
    await new Promise((resolve) => socket.once("close", resolve));
    return received;
  };
  return { begun, finish };
}
