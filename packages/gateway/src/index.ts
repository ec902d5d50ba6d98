// The gateway as a library: what `sluice serve` is made of.

export type { Secret } from "./caller/sign.ts";
export { createJobEndVerifier, type JobEndVerifier } from "./caller/verify-job-end.ts";
export type { Door, DoorOptions, OpenDoor } from "./door/door.ts";
export { createHttpUpstream, type HttpUpstream } from "./upstream/http-upstream.ts";
export type { OpenPath, OpenPathOptions } from "./upstream/open-path.ts";
export type { FailurePhase, UpstreamFailure } from "./upstream/upstream-failure.ts";
export type { GatedUpstreamOptions, UpstreamOptions } from "./upstream/upstream-settings.ts";
