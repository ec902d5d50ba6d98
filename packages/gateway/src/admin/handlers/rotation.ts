// A key's rotation, with evidence: who still uses the secret that is on its way out, so that nobody has to guess when it can go.

import { refuse, refuseDomain } from "sluice";
import { HOUR_MS } from "sluice/base";
import type { Key, LogRow } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/keys.ts";
import type { Desk } from "../desk/desk.ts";
import { titleOf } from "./against-contract.ts";
import { type AdminHandlers, answer } from "./answer.ts";
import { apiOfKey } from "./key-checks.ts";
import { keyOf, shownKey } from "./key-shown.ts";
import { keyDeskOf } from "./keys.ts";

type Rotation = z.output<typeof schemas.rotation>;

const rowsMax = 1_000;
const addressesMax = 20;

export function rotationHandlers(
  desk: Desk,
): Pick<AdminHandlers, "rotateKey" | "getRotation" | "endOverlap"> {
  return {
    rotateKey: ({ params: { accountId, keyId }, body: { overlapMs } }, context) =>
      desk.inTurn(`key ${keyId}`, async () => {
        const before = await keyOf(desk, accountId, keyId);
        if (before === undefined) return refuse("not_found");
        if (before.revokedAtMs !== undefined) return refuseDomain("key_revoked");
        const api = apiOfKey(desk.apis, before);
        if (api === undefined) return refuseDomain("key_foreign");
        const { by } = await desk.changeBy(context);
        const keys = keyDeskOf(desk, titleOf(api));
        const { key, secret } = await keys.rotate(keyId, { overlapMs, by });
        const rotation = await evidence(desk, key);
        return answer(schemas.rotated, { key: shownKey(desk, key), secret, rotation });
      }),

    async getRotation({ params }) {
      const key = await keyOf(desk, params.accountId, params.keyId);
      if (key === undefined) return refuse("not_found");
      return answer(schemas.rotation, await evidence(desk, key));
    },

    endOverlap: ({ params: { accountId, keyId } }, context) =>
      desk.inTurn(`key ${keyId}`, async () => {
        const before = await keyOf(desk, accountId, keyId);
        if (before === undefined) return refuse("not_found");
        if (before.revokedAtMs !== undefined) return refuseDomain("key_revoked");
        const change = await desk.changeBy(context);
        // What has ended, or never was, is as it was asked for.
        const hasEnded = (before.overlapUntilMs ?? 0) <= change.atMs;
        const key = hasEnded ? before : { ...before, overlapUntilMs: change.atMs };
        if (!hasEnded) await desk.stores.directory.putKey(key, change);
        return answer(schemas.rotation, await evidence(desk, key));
      }),
  };
}

async function evidence(desk: Desk, key: Key): Promise<Rotation> {
  const nowMs = desk.clock.wallMs();
  const { id: keyId, overlapUntilMs, revokedAtMs } = key;
  if (overlapUntilMs === undefined) {
    return {
      rotatedAtMs: null,
      overlapUntilMs: null,
      isOverlapping: false,
      olderSecret: usedBy([], nowMs),
    };
  }
  const rotatedAtMs = await lastRotation(desk, key);
  const rows = await desk.stores.log.find({
    keyId,
    isOlderSecret: true,
    fromMs: rotatedAtMs,
    limit: rowsMax,
  });
  const isOverlapping = revokedAtMs === undefined && overlapUntilMs > nowMs;
  return { rotatedAtMs, overlapUntilMs, isOverlapping, olderSecret: usedBy(rows, nowMs) };
}

/** The log of changes knows it; a key whose changes are gone was rotated after it was made. */
async function lastRotation({ stores }: Desk, key: Key): Promise<number> {
  const changes = await stores.directory.changes({ kind: "key", id: key.id, limit: 100 });
  const rotated = changes.find(
    ({ before, after }) => secretOf(after) !== undefined && secretOf(after) !== secretOf(before),
  );
  return rotated?.atMs ?? key.createdAtMs;
}

/** What is shown of it, by which two secrets are told apart. The overlap may be cut short without a new one. */
function secretOf(record: unknown): string | undefined {
  return (record as Partial<Key> | undefined | null)?.lastFour;
}

/** @param rows the newest first. */
function usedBy(rows: readonly LogRow[], nowMs: number): Rotation["olderSecret"] {
  const from = new Map<string, { address: string; uses: number; lastUsedAtMs: number }>();
  for (const { address, atMs } of rows) {
    const known = from.get(address);
    if (known === undefined) from.set(address, { address, uses: 1, lastUsedAtMs: atMs });
    else known.uses++;
  }
  return {
    lastUsedAtMs: rows[0]?.atMs ?? null,
    uses: rows.length,
    usesLastHour: rows.filter(({ atMs }) => atMs > nowMs - HOUR_MS).length,
    from: [...from.values()].slice(0, addressesMax),
  };
}
