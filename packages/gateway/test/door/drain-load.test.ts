// A door that closes under load: whatever it has taken it answers.

import { expect, it } from "vitest";
import { answersIn, RawConnection } from "./fixtures/raw-connection.ts";
import { json, openTestDoor } from "./fixtures/test-door.ts";
import { turns } from "./fixtures/turns.ts";

const clients = 40;

it("every request that was taken is answered, and none is taken that is not", async () => {
  const { port, door, calls } = await openTestDoor({
    answer: async ({ target }) => {
      const wait = Number(target.slice(1)) % 7;
      for (let turn = 0; turn < wait; turn++) await new Promise((resolve) => setImmediate(resolve));
      return json(200, { target, padding: "x".repeat(wait * 10_000) });
    },
  });
  const received = await Promise.all(
    Array.from({ length: clients }, async (_, at) => {
      const client = await RawConnection.open(port);
      for (let n = at; !client.socket.destroyed; n++) {
        // Two at once: the second waits behind the first.
        client.write(
          `GET /${n} HTTP/1.1\r\nHost: a\r\n\r\nGET /${n + 1} HTTP/1.1\r\nHost: a\r\n\r\n`,
        );
        const before = answersIn(client.received).length;
        await client.answers(before + 2).catch(() => undefined);
        if (at === 0 && n === at + 3) void door.close({ answersMs: 30_000, streamsMs: 30_000 });
      }
      return answersIn(client.received);
    }),
  );
  await turns(() => door.connections === 0);
  const answered = received.flat().map(({ body }) => JSON.parse(body).target);
  expect(answered.toSorted()).toEqual(calls.map(({ target }) => target).toSorted());
  expect(answered.length).toBeGreaterThan(clients);
});
