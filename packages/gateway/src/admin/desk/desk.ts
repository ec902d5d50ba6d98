// What every handler of the admin API works with: the stores, the contracts that are served, and a way to change one record at
// a time and to say who did it.

import type { AnyApi } from "sluice";
import { type Clock, type OneAtATime, oneAtATime, type Random } from "sluice/base";
import {
  type Account,
  type Change,
  createKeyDesk,
  type HandlerContext,
  type Key,
  type KeyDesk,
  type KeyDigests,
  type OperatorStores,
  type Peppers,
  type Subscriber,
  telling,
  untilPut,
} from "sluice/gate";
import { signingSecret } from "../../warnings/signing.ts";
import { admin } from "../contract/index.ts";
import type { LiveCounts } from "../live/live-counts.ts";
import type { LocalToken } from "./local-token.ts";
import { adminAccount, adminAccountId } from "./reserved.ts";
import type { SignInDesk } from "./sign-in-desk.ts";
import type { WarningDesk } from "./warning-desk.ts";

export interface DeskParts {
  readonly stores: OperatorStores;
  readonly apis: readonly AnyApi[];
  readonly pepper: Peppers;
  readonly digests: KeyDigests;
  /** Undefined where the admin API is not asked. */
  readonly localToken: LocalToken | undefined;
  /** Undefined where this process delivers none. */
  readonly warnings: WarningDesk | undefined;
  /** Undefined where this process serves no API. */
  readonly live: LiveCounts | undefined;
  /** Undefined where this process serves no console. */
  readonly signIns: SignInDesk | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

export interface Desk extends Omit<DeskParts, "pepper" | "digests" | "random"> {
  /** The makers of keys, by the title of the contract. */
  readonly keys: ReadonlyMap<string, KeyDesk>;
  /** The maker of tokens. */
  readonly tokens: KeyDesk;
  /** Changes to one record, which follow one another. */
  readonly inTurn: OneAtATime;
  /**
   * The same for a record of the directory, which others change too: `make` runs again for as long as it answers undefined,
   * because another one stands there than it has read.
   */
  change<T>(name: string, make: () => Promise<T | undefined>): Promise<T>;
  newId(prefix: string): string;
  /** What an account's webhook is signed with: it follows from the pepper, so it is nowhere kept. */
  signingSecret(accountId: string, version: number): string;
  /** An account of the customers'; undefined for what is not there, and for the one that is ours. */
  account(id: string): Promise<Account | undefined>;
  /** A key or token, wherever it is kept. */
  token(id: string): Promise<Key | undefined>;
  /** The same with its account, for sessions; undefined for a customer's key. */
  signedIn(id: string): Promise<Subscriber | undefined>;
  /** For the log of changes. */
  changeBy(context: HandlerContext): Promise<Change>;
}

const idLetters = "0123456789abcdefghijklmnopqrstuvwxyz";
const idLength = 20;

export function createDesk(parts: DeskParts): Desk {
  const { apis, pepper, digests, clock, random, localToken, warnings, live, signIns } = parts;
  const { directory, limits, ledger, log, notices } = parts.stores;
  // What a store throws means that it is down: callers of the admin API hear that, too.
  const stores: OperatorStores = {
    directory: telling("directory", directory),
    limits: telling("limits", limits),
    ledger: telling("ledger", ledger),
    log: telling("log", log),
    notices: telling("notices", notices),
  };
  const keyDesk = (api: AnyApi) => createKeyDesk(api, stores.directory, digests, clock, random);
  const inTurn = oneAtATime();
  const token = async (id: string) =>
    id === localToken?.key.id ? localToken.key : stores.directory.key(id);
  return {
    ...{ apis, localToken, warnings, live, signIns, clock },
    stores,
    keys: new Map(apis.map((api) => [api.wire.about.title, keyDesk(api)])),
    tokens: keyDesk(admin),
    inTurn,
    change: (name, make) => inTurn(name, () => untilPut(make)),
    signingSecret: (accountId, version) => signingSecret(pepper, accountId, version),
    newId(prefix) {
      const letters = Array.from({ length: idLength }, () => idLetters[random.integer(36)]);
      return `${prefix}_${letters.join("")}`;
    },
    async account(id) {
      return id === adminAccountId ? undefined : stores.directory.account(id);
    },
    token,
    async signedIn(id) {
      if (id === localToken?.key.id) return localToken.subscriber();
      const key = await stores.directory.key(id);
      return key?.accountId === adminAccountId ? { key, account: adminAccount } : undefined;
    },
    async changeBy({ caller }) {
      const used = await token(caller.keyId);
      return { by: `token ${used?.name ?? "?"} (${caller.keyId})`, atMs: clock.wallMs() };
    },
  };
}
