/** The reference: what callers of an API read and use, written from its contract. Pure functions. */
export { pythonHandler } from "./python/python-handler.ts";
