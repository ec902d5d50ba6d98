// What must hold for every case of the corpus, whatever door and way out there are between the caller and the upstream.

import { describe, expect, it } from "vitest";
import { corpus } from "./corpus.ts";
import { answersIn, RawConnection } from "./fixtures/raw-connection.ts";
import { startRecordingUpstream } from "./fixtures/recording-upstream.ts";
import { codeOf } from "./fixtures/test-door.ts";

interface Way {
  /** Opens a way to the upstream on this port that ends with the test; answers the port of its door. */
  readonly open: (port: number) => Promise<number>;
  /** Bodies go on as they come: of one that turns out to be wrong, the upstream has the beginning, and no end. */
  readonly passesBodies?: boolean;
}

export function describeSmuggling(way: string, { open, passesBodies = false }: Way): void {
  describe(`what could be read in two ways, through ${way}`, () => {
    it.each(corpus)("$name", async ({ bytes, sees, code }) => {
      const upstream = await startRecordingUpstream();
      const client = await RawConnection.open(await open(upstream.port));
      client.write(bytes);
      if (code === undefined) await client.answers(sees.length);
      else await client.closed;
      const answers = answersIn(client.received);
      const seen = upstream.seen.map(({ method, target, body }) => `${method} ${target} ${body}`);
      expect(seen).toEqual(sees);
      const begun = upstream.leftOver();
      if (!passesBodies || code === undefined) expect(begun).toBe("");
      // The beginning of one request at most.
      expect(begun.split(" HTTP/1.1\r\n").length).toBeLessThanOrEqual(2);
      if (code === undefined) {
        expect(answers.map(({ status }) => status)).toEqual(sees.map(() => 200));
        return;
      }
      expect(answers.map(({ body }) => codeOf(body))).toEqual([code]);
      expect(answers[0]?.head.toLowerCase()).toContain("connection: close");
    });

    it("what comes behind a refused request is not read", async () => {
      const upstream = await startRecordingUpstream();
      const client = await RawConnection.open(await open(upstream.port));
      const good = "GET /good HTTP/1.1\r\nHost: a\r\n\r\n";
      client.write(`${good}GET /bad HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${good}`);
      await client.closed;
      expect(answersIn(client.received).map(({ status }) => status)).toEqual([200, 400]);
      expect(upstream.seen.length).toBe(1);
    });
  });
}
