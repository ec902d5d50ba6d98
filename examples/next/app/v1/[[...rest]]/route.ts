/** Every other path below /v1: refused by the gate, in the API's own words. */
import { sluiceNext } from "sluice/adapter/next";
import { gate } from "../../../gate.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = sluiceNext(gate);
