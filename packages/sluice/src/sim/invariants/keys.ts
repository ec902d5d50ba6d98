// A key that was ended stays out: everywhere within a poll of the directory, and where it was refused once, for ever.

import type { LogRow } from "../../gate/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Watcher } from "../run/watcher.ts";

const LAW = "a key that was ended stays out";
/** A poll each second, and the ways there and back. */
const HEARS_MS = 2_000;
/** Somebody who waits for a directory that does not answer gives up after this, and asks again after a poll. */
const STALL_MS = 2_000;

export class EndedKeys implements Watcher {
  readonly #world: SimWorld;
  readonly #endedMs = new Map<string, number>();
  /** By process and key: since when it is known there. */
  readonly #knownMs = new Map<string, number>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  revoked(keyId: string): void {
    this.#endedMs.set(keyId, this.#world.nowMs);
  }

  row(host: Process, { keyId, condition, durationMs, requestId, ending, endedAt }: LogRow): void {
    const endedMs = keyId === undefined ? undefined : this.#endedMs.get(keyId);
    if (endedMs === undefined) return;
    const { nowMs } = this.#world;
    const name = `${host.name} ${keyId}`;
    const knownMs = this.#knownMs.get(name);
    if (condition === "revoked_key") {
      if (knownMs === undefined) this.#knownMs.set(name, nowMs);
      return;
    }
    // Whoever left while the key was looked up was not let in.
    if (ending === "abandoned" && endedAt === "identify") return;
    // Durations are whole milliseconds of a clock that drifts.
    const begunMs = nowMs - durationMs * 1.001 - 2;
    const isKnown = knownMs !== undefined && begunMs > knownMs;
    if (!isKnown && begunMs <= this.#dueMs(host, endedMs)) return;
    const after = `${Math.round(begunMs - endedMs)} ms after its end`;
    this.#world.broken(LAW, `${host.name} let ${keyId} in ${after}, ${requestId}`);
  }

  /** When the process has heard of it at the latest. */
  #dueMs({ node }: Process, endedMs: number): number {
    let sinceMs = endedMs;
    for (const fault of this.#world.faults.all) {
      if (!("part" in fault) || fault.part !== "directory") continue;
      if (fault.node !== undefined && fault.node !== node) continue;
      if (fault.fromMs > sinceMs + HEARS_MS) continue;
      sinceMs = Math.max(sinceMs, this.#world.faults.endOf(fault) + STALL_MS + HEARS_MS);
    }
    return sinceMs + HEARS_MS;
  }
}
