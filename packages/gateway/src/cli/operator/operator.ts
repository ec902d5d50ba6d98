// Every command asks the admin API by the typed client of its contract: over the network where a gate serves, and else the same
// handlers in this process. What fails ends with a code, and with a line that says what to do next.

import {
  type Client,
  createClient,
  fetchTransport,
  isApiError,
  type PublicEvent,
} from "sluice/client";
import type { admin } from "../../admin/contract/index.ts";
import { wire } from "../../admin/contract/wire.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { say } from "../say.ts";
import { failureOf } from "./failure.ts";
import { placeOf, type Served, type Where } from "./place.ts";

export type AdminClient = Client<typeof admin>;

export interface Operator extends AdminClient {
  /** Of the gate that serves; undefined where nobody does, so that nothing more comes. */
  readonly url: string | undefined;
}

/** For one call, and for one attempt. */
const PATIENCE = { totalMs: 60_000, attemptMs: 30_000 };
/** What may take its time: the proof of a large ledger. */
export const LONG_PATIENCE: typeof PATIENCE = { totalMs: 600_000, attemptMs: 600_000 };
const PROBE_MS = 5_000;
/** Of nobody: calls to it never leave this process. */
const IN_PROCESS_URL = "http://in-process/admin/v1";

export async function operate(
  where: Where,
  command: (operator: Operator) => Promise<void>,
  deadline: typeof PATIENCE = PATIENCE,
): Promise<void> {
  const { operator, close } = await connect(where, deadline);
  try {
    await command(operator);
  } catch (error) {
    throw isApiError(error) ? failureOf(error, operator.url) : error;
  } finally {
    operator.close();
    await close();
  }
}

interface Connected {
  readonly operator: Operator;
  close(): Promise<void>;
}

async function connect(where: Where, deadline: typeof PATIENCE): Promise<Connected> {
  const { served, stopped } = placeOf(where, process.env);
  const isThere = served !== undefined && (stopped === undefined || (await answers(served)));
  if (isThere) {
    const client = createClient<typeof admin>(wire, optionsFor(served.url, served.token, deadline));
    return { operator: { ...client, url: served.url }, close: async () => undefined };
  }
  if (stopped === undefined) throw new Error("an address, or something to open");
  const { openInProcess } = await import("./stopped.ts");
  const { token, fetch, close } = await openInProcess(stopped);
  const own = process.env["SLUICE_ADMIN_TOKEN"] || token;
  const client = createClient<typeof admin>(wire, {
    ...optionsFor(IN_PROCESS_URL, own, deadline),
    transport: fetchTransport(fetch),
  });
  return { operator: { ...client, url: undefined }, close };
}

function optionsFor(baseUrl: string, apiKey: string, deadline = PATIENCE) {
  return {
    baseUrl,
    apiKey,
    deadline,
    // A gate that is told to stop, or one that is being started anew, is back in a moment.
    attempts: deadline === PATIENCE ? 2 : 1,
    onEvent: tellWaits,
  };
}

const TELLS_FROM_MS = 1_000;

/** A wait that somebody would notice. */
function tellWaits(event: PublicEvent): void {
  if (event.kind !== "failed" || (event.waitMs ?? 0) < TELLS_FROM_MS) return;
  const seconds = Math.ceil((event.waitMs ?? 0) / 1_000);
  say(`The admin API answered ${event.status ?? event.code}; asking again in ${seconds} s.`);
}

/** A file says where somebody served: whether it is so still, and the token is theirs. */
async function answers({ url, token, file }: Served): Promise<boolean> {
  const client = createClient<typeof admin>(wire, {
    ...optionsFor(url, token),
    attempts: 1,
    deadline: { totalMs: PROBE_MS, attemptMs: PROBE_MS },
  });
  try {
    await client.call("whoAmI", {});
    return true;
  } catch (error) {
    if (!isApiError(error)) throw error;
    // Somebody's own token that is refused is no sign of another process.
    const isOwn = process.env["SLUICE_ADMIN_TOKEN"] !== undefined;
    if (error.source === "answer" && (isOwn || error.status !== 401)) return true;
    if (error.source === "answer" || error.code === "connection_failed") return false;
    throw new CommandError(
      `The gateway of ${file} does not answer at ${url}: look at its log, or stop it and ask again.`,
      exitCodes.notReached,
    );
  } finally {
    client.close();
  }
}
