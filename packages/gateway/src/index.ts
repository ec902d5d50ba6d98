// The gateway as a library: what `sluice serve` is made of.

export type { Secret } from "./caller/sign.ts";
export { createJobEndVerifier, type JobEndVerifier } from "./caller/verify-job-end.ts";
export type { Door, DoorOptions, OpenDoor } from "./door/door.ts";
