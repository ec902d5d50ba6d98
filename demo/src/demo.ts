// Both APIs behind one gateway, in this process: what the gates know is in the stores, what each plain API knows in a file
// of the home.

import {
  type Gateway,
  type GatewayExtras,
  gatewayDefaults,
  openGateway,
  openStores,
} from "@sluice/gateway";
import { answers } from "@sluice-apis/mavera/answers";
import { mavera } from "@sluice-apis/mavera/contract";
import { mentova } from "@sluice-apis/mentova/contract";
import type { SharedSecret } from "@sluice-apis/plain-server";
import { systemRandom, toHex } from "sluice/base";
import type { Gate, Stores } from "sluice/gate";
import type { Environment } from "./environment.ts";
import { freeOr0 } from "./free-port.ts";
import { openMavera, type PlainMavera } from "./mavera.ts";
import { openMentova, type PlainMentova } from "./mentova.ts";
import { withDocsAt } from "./own-docs.ts";
import { storesOf } from "./stores.ts";

export const host = "127.0.0.1";
/** Where health, metrics, the ends of jobs and the admin API are, if nobody else is there. */
const internalPort = 8788;
/** Where customers look after what they bought. */
export const PORTAL_PATH = "/portal";
export const mounts = { mavera: "/mavera", mentova: "/mentova" } as const;

const DOCS_PATH = "/docs";

/** Where everybody may read how the APIs are. */
export const statusPath = "/status";

/** Where the documents of an API are on the demo's own port. */
export function docsOf(api: keyof typeof mounts): string {
  return `${mounts[api]}${DOCS_PATH}`;
}

export interface Demo {
  readonly stores: Stores;
  readonly mavera: PlainMavera & { readonly gate: Gate };
  readonly mentova: PlainMentova & { readonly gate: Gate };
  readonly gateway: Gateway;
  /** Lets go of everything, once nothing is answered any more; whether all went well. */
  close(): Promise<boolean>;
}

/** What each API promises. */
export interface Contracts {
  readonly mavera: typeof mavera;
  readonly mentova: typeof mentova;
}

export const contracts: Contracts = { mavera, mentova };

/** As the demo serves them: refusals lead to its own pages. */
export function served({ mavera, mentova }: Contracts = contracts): Contracts {
  return {
    mavera: withDocsAt(mavera, docsOf("mavera")),
    mentova: withDocsAt(mentova, docsOf("mentova")),
  };
}

/** Whoever takes any port for callers takes any for the rest: several demos of one machine. */
async function internalOf(port: number): Promise<number> {
  return port === 0 || port === internalPort ? 0 : freeOr0(internalPort, host);
}

export async function openDemo(
  environment: Environment,
  promised: Contracts = contracts,
  beside: Pick<GatewayExtras, "pages" | "nothingHere"> = {},
): Promise<Demo> {
  const { home, port } = environment;
  // First of all: whoever finds the home served by another process must touch nothing.
  const stores = storesOf(environment);
  const opened = await openStores(stores);
  const shared: SharedSecret = { id: "demo", secret: toHex(systemRandom.bytes(32)) };
  const plain = {
    mavera: await openMavera(home, shared),
    mentova: await openMentova(home, shared),
  };
  const behind = (api: keyof typeof mounts) => ({
    mount: mounts[api],
    docs: { path: DOCS_PATH },
    upstreams: { plain: { url: plain[api].url } },
    routes: {},
    open: [],
  });
  const apis = served(promised);
  const gateway = await openGateway(
    {
      ...gatewayDefaults,
      apis: [
        { api: apis.mentova, ...behind("mentova") },
        { api: apis.mavera, answers, ...behind("mavera") },
      ],
      portal: { path: PORTAL_PATH },
      stores,
      secrets: [shared],
      listeners: { public: { host, port }, internal: { host, port: await internalOf(port) } },
      // Whoever tries it out receives on this machine.
      warnings: { allowPrivate: true },
      status: { path: statusPath, title: "Sluice demo", hidden: [] },
    },
    { opened, ...beside },
  );
  const [ofMentova, ofMavera] = gateway.gates;
  if (ofMavera === undefined || ofMentova === undefined) throw new Error("two APIs, two gates");
  return {
    stores: gateway.stores,
    mavera: { ...plain.mavera, gate: ofMavera },
    mentova: { ...plain.mentova, gate: ofMentova },
    gateway,
    async close() {
      const { failures } = await gateway.close();
      for (const { step, error } of failures) console.error(`While it stopped, ${step}:`, error);
      await Promise.all([plain.mavera.close(), plain.mentova.close()]);
      return failures.length === 0;
    },
  };
}
