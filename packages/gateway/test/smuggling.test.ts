// The whole way through a gateway, door and upstream together, for everything that could be read in two ways.

import { describeSmuggling } from "./door/smuggling-suite.ts";
import { apiAt, running, settingsFor } from "./fixtures/bureau.ts";

async function openGate(upstreamPort: number): Promise<number> {
  const open = [{ path: "/{path*}" }];
  const { url } = await running(settingsFor([apiAt(`http://127.0.0.1:${upstreamPort}`, { open })]));
  return Number(new URL(url).port);
}

describeSmuggling("an open path of the gateway", { open: openGate, passesBodies: true });
