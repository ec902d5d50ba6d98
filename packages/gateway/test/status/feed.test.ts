// The feed, as RFC 4287 wants it: what names an entry never changes, and what changes is newer.

import { describe, expect, it } from "vitest";
import { dayMs, minuteMs, nowMs } from "./fixtures/samples.ts";
import { useWorlds } from "./fixtures/world.ts";

const open = useWorlds();
const all = (atom: string, tag: string) =>
  [...atom.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(([, text]) => text);

describe("the feed of incidents", () => {
  it("has what every feed needs, also without an entry, and the same bytes while nothing changes", async () => {
    const { ask, clock } = await open("memory");
    const { text } = await ask("/status.atom");
    expect(all(text, "id")).toEqual([
      expect.stringMatching(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
    ]);
    expect(all(text, "title")).toEqual(["The APIs: incidents"]);
    expect(all(text, "updated")).toEqual(["2026-08-25T00:00:00.000Z"]);
    expect(all(text, "name")).toEqual(["The APIs"]);
    expect(text).toContain('<link rel="self" type="application/atom+xml" href="status.atom"/>');
    await clock.advance(minuteMs);
    expect((await ask("/status.atom")).text).toBe(text);
  });

  it("keeps the name of an entry over every word that is added, and dates it anew", async () => {
    const { ask, clock, say } = await open("memory");
    const seen = async () => {
      await clock.advance(minuteMs);
      const { text } = await ask("/status.atom");
      return { ids: all(text, "id"), updated: all(text, "updated"), text };
    };
    await say({});
    const first = await seen();
    const began = "2026-11-21T12:00:00.000Z";
    expect(first.updated).toEqual([began, began]);
    const updates = [{ atMs: nowMs - 1_000, text: "A disk was full." }];
    await say({ updates });
    const second = await seen();
    expect(second.ids).toEqual(first.ids);
    expect(second.updated).toEqual(["2026-11-22T11:59:59.000Z", "2026-11-22T11:59:59.000Z"]);
    await say({ updates, endedAtMs: nowMs });
    const third = await seen();
    expect(third.updated).toEqual(["2026-11-22T12:00:00.000Z", "2026-11-22T12:00:00.000Z"]);
    expect(third.text).toContain("2026-11-22 11:59 UTC: A disk was full.");
    await say({ id: "inc_2", startedAtMs: nowMs - 2 * dayMs });
    const ids = (await seen()).ids;
    expect([ids.length, new Set(ids).size]).toEqual([3, 3]);
    expect(ids.slice(0, 2)).toEqual(first.ids);
  });

  it("leads to the incident on the page", async () => {
    const { ask, say } = await open("memory");
    await say({});
    const { text } = await ask("/status.atom");
    const [, anchor = ""] = /href="status#([^"]+)"/.exec(text) ?? [];
    expect(anchor).toMatch(/^incident-/);
    expect((await ask()).text).toContain(`id="${anchor}"`);
  });
});
