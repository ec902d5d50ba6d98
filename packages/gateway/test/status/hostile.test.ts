// Texts of operators, and names of contracts, are text: in HTML, in the feed, and in JSON, whatever they hold.

import { spawnSync } from "node:child_process";
import type { AnyApi } from "sluice";
import { VirtualClock } from "sluice/base";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it } from "vitest";
import { createStatusPage } from "../../src/status/serve-status.ts";
import { acme } from "../admin/fixtures/contracts.ts";
import { FakeCall } from "../admin/fixtures/fake-call.ts";
import { incidentOf, nowMs, row } from "./fixtures/samples.ts";

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&lt;]]>-->`;
// What no XML may hold, half of a character, and a turn of the direction of writing.
const unspeakable = "bell \u0007 null-like \ufffe half \ud800 end \u202e turned";

/** A page whose contract, title, operation and incident are all somebody's tricks. */
async function texts() {
  const { wire } = acme;
  const operations = { [hostile]: { ...wire.operations.hello, path: `/${hostile}` } };
  const about = { ...wire.about, title: hostile };
  const api = { ...acme, wire: { ...wire, about, operations } } as unknown as AnyApi;
  const stores = createMemoryStores();
  stores.log.append(row({ api: hostile, operation: hostile, status: 500 }));
  await stores.notices.putIncident(
    incidentOf({
      ...{ id: hostile, title: hostile + unspeakable, api: hostile, operations: [hostile] },
      updates: [{ atMs: nowMs, text: `${hostile}\n${unspeakable}` }],
    }),
  );
  const page = createStatusPage({
    settings: { path: "/status", title: hostile, hidden: [] },
    ...{ apis: [api], stores, clock: new VirtualClock(nowMs), tell: () => undefined },
  });
  const textOf = async (path: string) => {
    const { body } = await page(new FakeCall(path, ""));
    return Buffer.from(body as Uint8Array).toString();
  };
  return {
    html: await textOf("/status"),
    json: await textOf("/status.json"),
    atom: await textOf("/status.atom"),
  };
}

describe("a text that is somebody's trick", () => {
  it("stays text in the page: no tag, no attribute of it is there", async () => {
    const { html } = await texts();
    expect(html).not.toMatch(/<script|<img/);
    const shown = hostile
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;");
    // Its title twice, its tab, its description, the API, the operation, the incident and what was said.
    expect(html.split(shown).length).toBeGreaterThan(9);
    // No quotation mark of it ends an attribute: all that is left between tags' brackets is ours.
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags)
      expect(tag).toMatch(
        /^<(?:!doctype html|\/?[a-z][a-z0-9]*(?:\s[a-zA-Z-]+(?:="[^"]*")?)*\s*\/?)>$/,
      );
  });

  it("stays text in the feed, which every reader of XML takes", async () => {
    const { atom } = await texts();
    const program =
      "import sys, xml.etree.ElementTree as t; a='{http://www.w3.org/2005/Atom}'\n" +
      "feed = t.fromstring(sys.stdin.buffer.read())\n" +
      "sys.stdout.buffer.write('\\0'.join([feed.find(a+'title').text, feed.find(a+'entry/'+a+'title').text, feed.find(a+'entry/'+a+'content').text, str(len(list(feed.iter())))]).encode())";
    const read = spawnSync("python3", ["-c", program], { input: atom, encoding: "utf8" });
    expect(read.stderr).toBe("");
    const [title, entry = "", content = "", elements] = read.stdout.split("\0");
    expect(title).toBe(`${hostile}: incidents`);
    const speakable = "bell \ufffd null-like \ufffd half \ufffd end \u202e turned";
    expect(entry).toBe(hostile + speakable);
    expect(content).toContain(`${hostile}\n${speakable}`);
    // The feed with six members, of which the author has a name; the entry with six.
    expect(elements).toBe("15");
  });

  it("is given back by JSON to the letter", async () => {
    const { json } = await texts();
    const { title, apis, incidents } = JSON.parse(json);
    expect([title, apis[0].title, apis[0].operations[0].name, incidents[0].id]).toEqual(
      Array.from({ length: 4 }, () => hostile),
    );
  });
});
