/** The same call many times at once under one idempotency key is one call. */
import { finding } from "../finding.ts";
import { CREDITS, PRICE } from "../ours/acme.ts";
import { onOurGates } from "../ours/on.ts";
import type { Row } from "../row.ts";

const CALLS = 20;

export const duplicateIdempotencyKey: Row = {
  name: "duplicate idempotency key",
  asked:
    "Under one idempotency key the work is done once and charged once; whoever repeats it later gets the same answer.",
  trace:
    "20 calls at once with one Idempotency-Key, over two gates where there are two; then once more.",
  isReal: true,
  judge: (contender, stage) =>
    onOurGates(contender, stage, async (first, other) => {
      const caller = await first.newCaller();
      const init = { method: "POST", headers: { "idempotency-key": "one-of-the-scoreboard" } };
      const calls = Array.from({ length: CALLS }, (_, at) =>
        (at % 2 === 0 ? first : other).callerOf(caller.secret).call("/notes", init),
      );
      const answers = await Promise.all(calls);
      const again = await caller.call("/notes", init);
      const works = new Set([first, other]);
      const done = [...works].reduce((sum, gate) => sum + gate.notes(), 0);
      const { remaining, held } = await caller.balance();
      const odd = answers.filter(({ status }) => status !== 201 && status !== 409);
      const isSame = again.status === 201 && (await again.text()) === '{"note":1}';
      const isOnce = done === 1 && remaining === CREDITS - PRICE && held === 0;
      const did = `done ${done} time, ${CREDITS - remaining} credits; later: ${again.status}`;
      return finding(isOnce && isSame && odd.length === 0, did);
    }),
};
