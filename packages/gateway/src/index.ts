// The gateway as a library: what `sluice serve` is made of.

export type { Door, DoorOptions, OpenDoor } from "./door/door.ts";
