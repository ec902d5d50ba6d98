// Mavera's plain API by itself: no gate, anybody is let in. What the stand-in costs before there is
// anything to protect it.

import { createAdaptorServer } from "@hono/node-server";
import { createMaveraUpstream } from "@sluice-apis/mavera/upstream";
import { systemClock, systemRandom } from "sluice/base";
import { serve } from "../src/answer.ts";
import { caller } from "../src/mavera/answers.ts";

const { fetch } = createMaveraUpstream({ clock: systemClock, random: systemRandom });
const server = createAdaptorServer({ fetch: (request) => fetch(request, caller) });
serve(server as import("node:http").Server);
