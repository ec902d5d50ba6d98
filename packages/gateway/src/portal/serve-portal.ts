// The portal as a gateway serves it: its page, its sessions, and the API behind it.

import type { AnyApi } from "sluice";
import { systemClock, systemRandom } from "sluice/base";
import {
  type Answer,
  type Call,
  createKeyDigests,
  type OperatorStores,
  type Peppers,
} from "sluice/gate";
import type { WarningDesk } from "../admin/desk/warning-desk.ts";
import { no } from "../internal/json-answer.ts";
import type { EndedSessions } from "../session/ended.ts";
import { createSessions } from "../session/sessions.ts";
import type { SignedIn } from "../session/sign-in.ts";
import type { Watch } from "../watch/watch.ts";
import { builtFiles, notBuilt } from "../web/built-files.ts";
import { createWebApp, type WebApp } from "../web/web-app.ts";
import { readWebFiles } from "../web/web-files.ts";
import { portal as contract } from "./contract/index.ts";
import { wire } from "./contract/wire.ts";
import { createPortal, type Portal } from "./portal.ts";
import type { PortalSettings } from "./settings.ts";

export interface ServePortalParts {
  readonly settings: PortalSettings;
  readonly apis: readonly AnyApi[];
  readonly stores: OperatorStores;
  readonly pepper: Peppers;
  readonly warnings: WarningDesk | undefined;
  readonly watch: Watch | undefined;
  readonly trustedHops: number;
  /** Whether people come to this very listener by HTTPS. */
  readonly isSecure: boolean;
  /** Sessions that were signed out of. */
  readonly over: EndedSessions;
}

export interface ServedPortal {
  answer(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

export async function servePortal(parts: ServePortalParts): Promise<ServedPortal> {
  const { apis, stores, pepper, warnings, watch, trustedHops, over } = parts;
  const watched = watch?.forApi("sluice-portal", contract);
  const common = { pepper, clock: systemClock, random: systemRandom };
  const sessions = createSessions({
    ...common,
    purpose: "portal",
    digests: createKeyDigests(pepper),
    format: wire.key,
    over,
  });
  const portal = createPortal({
    ...common,
    ...{ stores, apis, sessions, trustedHops },
    ...(warnings && { warnings }),
    ...(watched && { onEvent: watched.onEvent, onAnswer: watched.onAnswer }),
  });
  const answer = async (call: Call) => {
    watched?.begin(call);
    return portal.answer(call);
  };
  return { answer: await pages(parts, { sessions, answer }), close: () => portal.close() };
}

async function pages(
  { settings: { path }, apis, isSecure }: ServePortalParts,
  behind: Pick<Portal, "answer"> & { readonly sessions: ReturnType<typeof createSessions> },
): Promise<WebApp> {
  const folder = builtFiles();
  if (folder === undefined) return async () => no(503, notBuilt);
  const title = [...new Set(apis.map(({ wire }) => wire.about.title))].join(", ");
  return createWebApp({
    path,
    files: await readWebFiles(folder, "portal.html", { path, title }),
    cookie: { name: "sluice_portal", path },
    ...{ isSecure, ...behind },
    whoAmI: "/v1/whoami",
    keyIn: (body) => (body as { readonly key: SignedIn }).key,
  });
}
