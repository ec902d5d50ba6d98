// A key that was verified before, verified again: by the gate's own verifier, over the directory of
// each engine, beside what hashing the key and looking the digest up in a Map would cost.

import { hash, randomBytes } from "node:crypto";
import type { AnyApi } from "sluice";
import { type Awaitable, type Digests, systemClock, systemDigests } from "sluice/base";
import { createGate, type Directory, type Gate, handlers, reply } from "sluice/gate";
import { benchApi } from "../../servers/gate-contract.ts";
import { ITEMS } from "../answer.ts";
import { newKey } from "../http-rows.ts";
import { BenchError } from "../machine.ts";
import { atMost, figure, median } from "../results/cell.ts";
import type { Cell } from "../results/table.ts";
import { type Row, type Run, rowFolder, type Section } from "../section.ts";
import type { Engine } from "./engine.ts";
import { sqlite } from "./sqlite.ts";

const MICROSECONDS_AIM = 0.5;
const KEYS = 1_000;
/** Verifications between two looks at the clock. */
const LAP = 10_000;
const WARM_UP_LAPS = 20;

export const keySection: Section = {
  id: "keys",
  title: "A known key verified again",
  columns: ["µs", "sha256 + Map µs", "times cheaper", "empty loop µs"],
  rows: [verifications(sqlite)],
  notes: [
    `${KEYS.toLocaleString("en")} keys in turn, each time as a new string, as a header is: its hash is computed anew`,
    "µs: without the empty loop, which goes over the same strings; median (least–most)",
  ],
};

/** The verifier is the gate's own affair, so it is no public entry. This is the part that it uses. */
interface Verifier {
  verify(key: string, address: string, nowMs: number): Awaitable<object>;
  close(): void;
}

interface VerifierModule {
  createKeyVerifier(options: {
    readonly api: AnyApi;
    readonly directory: Directory;
    readonly clock: Gate["clock"];
    readonly pepper: Uint8Array;
    readonly cacheMax: number;
    readonly unknownPerMinute: number;
    readonly digests: Digests;
    readonly onEvent: (event: object) => void;
  }): Verifier;
}

function verifications(engine: Engine): Row {
  return {
    name: `${engine.name}, cached`,
    async measure(run) {
      const stores = await engine.openStores(rowFolder(run));
      try {
        const pepper = randomBytes(32);
        const api = benchApi();
        const upstream = handlers(api, { listItems: () => reply(ITEMS) });
        const gate = createGate(api, { stores, pepper, upstream });
        const secrets = await makeKeys(gate, stores.directory);
        gate.close();
        const verifier = await openVerifier(api, stores.directory, pepper);
        const cells = await compare(secrets, verifier, run);
        verifier.close();
        return cells;
      } finally {
        await stores.close();
      }
    },
  };
}

async function openVerifier(
  api: AnyApi,
  directory: Directory,
  pepper: Uint8Array,
): Promise<Verifier> {
  const beside = new URL("keys/key-verifier.ts", import.meta.resolve("sluice/gate"));
  const { createKeyVerifier }: VerifierModule = await import(beside.href);
  return createKeyVerifier({
    api,
    directory,
    clock: systemClock,
    pepper,
    cacheMax: 10_000,
    unknownPerMinute: KEYS,
    digests: systemDigests,
    onEvent: (event) => console.error(event),
  });
}

async function makeKeys(gate: Gate, directory: Directory): Promise<readonly string[]> {
  const change = { by: "bench", atMs: gate.clock.wallMs() };
  await directory.putAccount(
    { id: "acct_keys", name: "Keys", plan: "free", subscription: "active" },
    change,
  );
  const secrets = Array.from({ length: KEYS }, newKey);
  const create = (secret: string) =>
    gate.keys.create({ accountId: "acct_keys", name: "key", secret, by: "bench" });
  await Promise.all(secrets.map(create));
  return secrets;
}

async function compare(
  secrets: readonly string[],
  verifier: Verifier,
  run: Run,
): Promise<readonly Cell[]> {
  // One time for all: the gate reads the clock once a request, wherever it needs it.
  const nowMs = systemClock.monotonicMs();
  for (const secret of secrets) {
    const found = await verifier.verify(secret, "127.0.0.1", nowMs);
    if (!("identity" in found)) throw new BenchError("A key that was just made is not known");
  }
  const digests = new Map(secrets.map((secret) => [hash("sha256", secret), secret]));
  const verify = (key: string) => verifier.verify(key, "127.0.0.1", nowMs);
  const rounds: { empty: number; hashed: number; verified: number }[] = [];
  takeLaps(secrets, verify, digests, WARM_UP_LAPS);
  // A tenth of a round of the other sections: nothing here waits for anything.
  const laps = Math.max(10, run.seconds * 10);
  while (rounds.length < run.rounds) {
    const lap = takeLaps(secrets, verify, digests, laps);
    rounds.push(lap);
    run.progress(`  round ${rounds.length}: ${(lap.verified - lap.empty).toFixed(3)} µs`);
  }
  const verified = rounds.map((round) => round.verified - round.empty);
  const hashed = rounds.map((round) => round.hashed - round.empty);
  return [
    figure(verified, 3, atMost(MICROSECONDS_AIM, String(MICROSECONDS_AIM))),
    figure(hashed, 3),
    figure(
      hashed.map((micros, at) => micros / (verified[at] ?? Number.NaN)),
      1,
    ),
    figure(
      rounds.map(({ empty }) => empty),
      3,
    ),
  ];
}

/** The three in turn, a lap each; microseconds for each key. */
function takeLaps(
  secrets: readonly string[],
  verify: (key: string) => unknown,
  digests: ReadonlyMap<string, string>,
  laps: number,
): { empty: number; hashed: number; verified: number } {
  const empty: number[] = [];
  const hashed: number[] = [];
  const verified: number[] = [];
  for (let lap = 0; lap < laps; lap++) {
    empty.push(emptyLap(newStrings(secrets)));
    hashed.push(hashedLap(newStrings(secrets), digests));
    verified.push(verifiedLap(newStrings(secrets), verify));
  }
  return { empty: median(empty), hashed: median(hashed), verified: median(verified) };
}

/** Equal to the secrets, but never looked at before. */
function newStrings(secrets: readonly string[]): readonly string[] {
  return Array.from({ length: LAP }, (_, at) =>
    Buffer.from(secrets[at % secrets.length] ?? "", "latin1").toString("latin1"),
  );
}

function emptyLap(keys: readonly string[]): number {
  const startedMs = performance.now();
  let found = 0;
  for (const key of keys) found += key.length > 0 ? 1 : 0;
  return lapMicros(startedMs, found);
}

function hashedLap(keys: readonly string[], digests: ReadonlyMap<string, string>): number {
  const startedMs = performance.now();
  let found = 0;
  for (const key of keys) found += digests.get(hash("sha256", key)) === undefined ? 0 : 1;
  return lapMicros(startedMs, found);
}

function verifiedLap(keys: readonly string[], verify: (key: string) => unknown): number {
  const startedMs = performance.now();
  let found = 0;
  for (const key of keys) found += verify(key) instanceof Promise ? 0 : 1;
  return lapMicros(startedMs, found);
}

function lapMicros(startedMs: number, found: number): number {
  const elapsedMs = performance.now() - startedMs;
  if (found !== LAP) throw new BenchError(`${LAP - found} of ${LAP} keys were not in the cache`);
  return (elapsedMs * 1_000) / LAP;
}
