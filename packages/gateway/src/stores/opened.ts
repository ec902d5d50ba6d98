// What a gateway keeps everything in: memory, files of this machine, or servers that several gateways share.

import type { Gate, GateOptions, Limits, OperatorStores } from "sluice/gate";

/** Where the secret is that digests of keys are made with: the same for all gateways that share a directory. */
export type PepperPlace =
  /** A file that is made where there is none; keeps every version that a key was made with. */
  | { readonly file: string }
  /** 32 bytes or more. */
  | { readonly secret: Uint8Array };

export type StoresSettings =
  /** Gone with the process. */
  { readonly kind: "memory" } | FilesSettings | SharedSettings;

/** Files of one folder, which one process serves. */
export interface FilesSettings {
  readonly kind: "sqlite";
  readonly folder: string;
  /** @default a file of the folder */
  readonly pepper?: PepperPlace;
  /** What whoever starts the gateway calls the folder. @default its name in a configuration */
  readonly called?: { readonly folder: string };
}

/** Limits in Redis, the rest in PostgreSQL. Any number of gateways serve them at once. */
export interface SharedSettings {
  readonly kind: "shared";
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly pepper: PepperPlace;
  /** Held while a gateway starts, where gateways of one machine share a folder, too. @default nothing is held */
  readonly folder?: string;
  /** What whoever starts the gateway calls the two addresses. @default the names in a configuration */
  readonly called?: { readonly redis: string; readonly database: string };
}

export interface OpenedStores {
  readonly stores: OperatorStores;
  readonly pepper: GateOptions["pepper"];
  /** What counts for contracts that only watch: never the store of `stores`, and closed with it. */
  shadowLimits(): Limits;
  /** Puts in order what the process before left behind, before anybody calls. */
  takeOver(gates: readonly Gate[]): Promise<void>;
  /** From now on another gateway may begin to start. Says where this one listens. */
  started(address: string): void;
  /** Rejects while what a call needs cannot be reached: Redis is not, its absence is announced and passes. */
  check(): Promise<void>;
  /** After the last answer: all that was taken down in writing is on the disk. */
  close(): Promise<void>;
}

/** What an audit asks of a ledger. */
export interface AuditedLedger {
  /** Every broken rule with its rows; empty when the money adds up. */
  audit(): Promise<readonly string[]>;
  /** How many holds ran out, uncharged. */
  expired(): Promise<number>;
  close(): Promise<void>;
}
