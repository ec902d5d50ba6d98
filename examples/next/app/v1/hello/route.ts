/** GET /v1/hello */
import { callerOf, sluiceNext } from "sluice/adapter/next";
import { gate } from "../../../gate.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = sluiceNext(gate, {
  GET: (request) => Response.json({ hello: callerOf(request).accountId }),
});
