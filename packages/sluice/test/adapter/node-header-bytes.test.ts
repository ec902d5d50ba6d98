// Headers are bytes (RFC 9110 §5.5), whatever body comes behind them.

import { expect, it } from "vitest";
import type { WorkDone } from "../../src/gate/index.ts";
import { events, gateOf, HandMadeStream } from "./fixtures/hand-made-stream.ts";
import { serve, startServer } from "./fixtures/live-server.ts";
import { request } from "./fixtures/request-bytes.ts";

const name = "X-Name";
const value = "caf\u00e9";

it.each<[string, WorkDone["body"]]>([
  ["text", "text"],
  ["nothing", ""],
  ["bytes", Uint8Array.of(1)],
])("with %s behind it, a header leaves as the bytes that it has", async (_, body) => {
  const hello = () => ({ status: 200, headers: [name, value], body });
  const { connect } = await startServer({ handlers: { hello } });
  const client = await connect();
  for (const method of ["GET", "HEAD"]) {
    expect((await client.ask(request({ method }), method)).header(name)).toBe(value);
  }
});

it("with events behind it, a header leaves as the bytes that it has", async () => {
  const answer = events(HandMadeStream.of("data: 1\n\n"));
  const { connect } = await serve(
    await gateOf(() => ({ ...answer, headers: [...answer.headers, name, value] })),
  );
  const { header } = await (await connect()).ask(request());
  expect(header(name)).toBe(value);
});
