/** The work was done, and its answer was lost: it is not done twice, and the caller gets the answer. */
import { connectionFailure } from "../../client/scripted-fetch.ts";
import { virtually } from "../../client/stage.ts";
import { finding } from "../finding.ts";
import type { ClientRow } from "../row.ts";

const LIMIT_MS = 620_000;

export const lostAnswer: ClientRow = {
  name: "a lost answer to a POST",
  asked: "The work is done once, and the caller gets its answer.",
  trace:
    "A POST is carried out, and the connection breaks before its answer; the server does nothing twice under one Idempotency-Key.",
  note: "Whoever does not repeat a POST does nothing twice and has no answer: that is safe, and only half of what is asked.",
  async judge(peer) {
    const { done, how } = await virtually(LIMIT_MS + 1, async ({ clock, serve }) => {
      const keys = new Set<string>();
      let done = 0;
      const { fetch } = serve(({ headers }, number) => {
        const key = headers.get("idempotency-key");
        if (key === null || !keys.has(key)) done++;
        if (key !== null) keys.add(key);
        return number > 1
          ? { status: 200 }
          : { status: 0, throws: connectionFailure("ECONNRESET") };
      });
      const sender = await peer.open({ fetch });
      const how = await Promise.race([
        sender.send({ method: "POST", headers: {} }).then(
          () => "answered",
          () => "no answer",
        ),
        clock.sleep(LIMIT_MS).then(() => "no end"),
      ]);
      sender.close?.();
      return { done, how };
    });
    return finding(
      done === 1 && how === "answered",
      `done ${done} time${done === 1 ? "" : "s"}, ${how}`,
    );
  },
};
