// Node's door before an upstream that counts what reaches it. The way out is undici, as plain as can be.

import { type Answer, type Call, STATUS_ABANDONED } from "sluice/gate";
import { request } from "undici";
import { openTestDoor } from "./fixtures/test-door.ts";
import { describeSmuggling } from "./smuggling-suite.ts";

const framing = /^(host|connection|content-length|transfer-encoding|te|upgrade|http2-settings)$/;

async function openWay(upstreamPort: number): Promise<number> {
  const { port } = await openTestDoor({
    answer: async (call: Call): Promise<Answer> => {
      const read = await call.readBody(100_000);
      if (read.kind !== "bytes") return { status: STATUS_ABANDONED, headers: [], body: "" };
      const answered = await request(`http://127.0.0.1:${upstreamPort}${call.target}`, {
        method: call.method as "POST",
        headers: [...call.headers()].filter(([name]) => !framing.test(name)).flat(),
        body: read.bytes.length === 0 ? null : read.bytes,
        reset: true,
      });
      return { status: answered.statusCode, headers: [], body: await answered.body.text() };
    },
  });
  return port;
}

describeSmuggling("Node's door", { open: openWay });
