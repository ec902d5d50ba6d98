/** Ours: as a `fetch` without a contract and with one, and as typed calls. */
import { wire } from "@sluice-apis/mavera/contract";
import { seededRandom } from "sluice/base";
import { type ClientOptions, createClient, fetchTransport } from "sluice/client";
import { BASE, initOf, KEY, type Needs, type Peer, readWhole, urlOf } from "../peer.ts";

export const sluice: Peer = {
  name: "sluice",
  isOurs: true,
  knows: "the headers",
  hasQueue: true,
  open: (needs) => senderOf(undefined, optionsOf(needs)),
};

/** A plan of 60 calls in 60 s, which is what the servers here allow. */
export const sluiceWithContract: Peer = {
  ...sluice,
  name: "sluice with a contract",
  knows: "limit and headers",
  open: (needs) => senderOf(wire, { ...optionsOf(needs), plan: "starter" }),
};

/** For servers without a limit: a plan of 600 calls in 60 s, which no row comes near. */
export const sluiceOfAWidePlan: Peer = {
  ...sluiceWithContract,
  knows: "the limit",
  open: (needs) => senderOf(wire, { ...optionsOf(needs), plan: "enterprise" }),
};

/** Its errors are its own, where those of a `fetch` are its caller's. */
export const sluiceCalls: Peer = {
  ...sluiceWithContract,
  name: "sluice, typed calls",
  open(needs) {
    const client = createClient(wire, { ...optionsOf(needs), plan: "starter" });
    return {
      send: ({ method }) =>
        method === "GET"
          ? client.call("listWorkspaces", {})
          : client.call("createResponse", { body: {} }),
      close: () => client.close(),
    };
  },
};

/** For jobs that may take minutes: the default lets no call wait longer than 30 s. */
export function patient(peer: Peer, seconds = 600): Peer {
  return {
    ...peer,
    name: `${peer.name}, deadline ${seconds / 60} min`,
    open: (needs) => peer.open({ ...needs, deadlineMs: seconds * 1_000 }),
  };
}

/** Whole, for who puts something else on top of it. */
export function clientOf(needs: Needs) {
  return createClient(undefined, optionsOf(needs));
}

export function senderOf(contract: typeof wire | undefined, options: ClientOptions) {
  const client = createClient(contract, options);
  return {
    send: async (call: Parameters<typeof urlOf>[0]) =>
      readWhole(await client.fetch(urlOf(call), initOf(call))),
    close: () => client.close(),
  };
}

export function optionsOf({ fetch, deadlineMs, room }: Needs): ClientOptions {
  return {
    apiKey: KEY,
    baseUrl: BASE,
    transport: fetchTransport(fetch),
    random: seededRandom("sluice"),
    ...(deadlineMs !== undefined && { deadline: { totalMs: deadlineMs } }),
    ...(room && {
      queue: {
        concurrencyStart: room.running,
        concurrencyMax: room.running,
        waitingMax: room.waiting,
      },
    }),
  };
}
