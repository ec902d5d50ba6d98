/** POST /v1/echo */
import { inputOf, sluiceNext } from "sluice/adapter/next";
import { api, gate } from "../../../gate.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = sluiceNext(gate, {
  POST: (request) => Response.json({ echo: inputOf(api, "echo", request).body.text }),
});
