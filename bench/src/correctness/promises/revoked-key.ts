/** A key that was revoked stays out, whatever else is away. */
import type { Directory } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import type { Contender } from "../contender.ts";
import { type Finding, finding } from "../finding.ts";
import { openOurGate } from "../ours/gates.ts";
import { placeFor } from "../ours/on.ts";
import type { Row } from "../row.ts";
import type { Stage } from "../stage.ts";

/** Within which every gate has heard of what another one changed. */
const HEARD_MS = 2_000;

export const revokedKey: Row = {
  name: "revoked key in an outage",
  asked:
    "A revoked key stays out while the directory is away (401, or 503); one that was verified goes on.",
  trace:
    "Two keys that exist for two seconds are used; one is revoked, by another gate where there are two, and two seconds pass; the directory " +
    "goes away (PostgreSQL as by a power cut; in memory it throws); both are used again.",
  isReal: true,
  judge: (contender, stage) => judge(contender, stage, HEARD_MS),
};

export const revokedKeyAtOnce: Row = {
  name: "revoked elsewhere as the directory dies",
  asked: "The same where the directory goes away in the very moment of the revocation.",
  trace: "The same without the two seconds.",
  note: "A service that verifies each call over the network has no such gap, and no answer at all in that outage.",
  onPurpose:
    "A gate asks once a second what other gates have changed. What it had not heard when the directory went away it cannot know: a key " +
    "that it had verified is let in for at most five minutes, and each such answer says `Sluice-Degraded: keys`.",
  isReal: true,
  judge: (contender, stage) => judge(contender, stage, 0),
};

async function judge(
  contender: Contender,
  stage: Stage,
  waitMs: number,
): Promise<Finding | undefined> {
  if (!contender.isOurs) return undefined;
  const isShared = contender.needs.length > 0;
  const memory = createMemoryStores();
  const directory = new MortalDirectory(memory.directory);
  const place = isShared
    ? placeFor(contender, stage)
    : ({ kind: "memory", stores: { ...memory, directory: directory.port } } as const);
  const first = await openOurGate(place);
  const other = isShared ? await openOurGate(place) : first;
  const revoked = await first.newCaller();
  const good = await first.newCaller();
  // Where the directory is shared, a gate hears of what it has changed itself, too, and asks for that key anew.
  await stage.sleep(isShared ? HEARD_MS : 0);
  const ask = async () => [
    (await revoked.call("/hello")).status,
    (await good.call("/hello")).status,
  ];
  const before = await ask();
  await other.gate.keys.revoke(revoked.keyId, "bench");
  await stage.sleep(isShared ? waitMs : 0);
  if (isShared) await stage.servers.crashPostgres();
  else directory.die();
  const after = await ask();
  if (isShared) await stage.servers.startPostgres();
  await Promise.all([...new Set([first, other])].map((gate) => gate.close()));
  const isKept = before.join() === "200,200" && after[0] !== 200 && after[1] === 200;
  return finding(isKept, `revoked: ${after[0]}; the other: ${after[1]}`);
}

/** A directory that answers until it dies. */
class MortalDirectory {
  readonly port: Directory;
  #isDead = false;

  constructor(directory: Directory) {
    this.port = new Proxy(directory, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...given: unknown[]) => {
          if (this.#isDead && name !== "watch") throw new Error("the directory is away");
          return Reflect.apply(member, target, given);
        };
      },
    });
  }

  die(): void {
    this.#isDead = true;
  }
}
