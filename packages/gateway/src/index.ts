// The gateway as a library: what `sluice serve` is made of.

export {
  type Door,
  type DoorBounds,
  type DoorOptions,
  type DoorTls,
  doorBounds,
  type Grace,
  type OpenDoor,
} from "./door/door.ts";
export { openNodeDoor } from "./door/node-door.ts";
