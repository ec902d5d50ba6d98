// The operator's console on the internal listener: a web application over the admin API.

import type { Answer, Call } from "sluice/gate";
import type { Admin } from "../admin/admin.ts";
import { no, pathOf } from "../internal/json-answer.ts";
import type { Invitations } from "../session/invitations.ts";
import type { Sessions } from "../session/sessions.ts";
import type { SignedIn } from "../session/sign-in.ts";
import { builtFiles, notBuilt } from "../web/built-files.ts";
import { createWebApp, type WebApp } from "../web/web-app.ts";
import { readWebFiles } from "../web/web-files.ts";

export const CONSOLE_PATH = "/console";

export interface ConsoleParts {
  readonly sessions: Sessions;
  readonly invitations: Invitations;
  readonly isSecure: boolean;
  readonly answer: Admin["answer"];
}

/** Answers what lies below {@link CONSOLE_PATH}, and leaves the rest. */
export function createConsole(parts: ConsoleParts): (call: Call) => Promise<Answer> | undefined {
  let app: Promise<WebApp> | undefined;
  return (call) => {
    const path = pathOf(call);
    if (path !== CONSOLE_PATH && !path.startsWith(`${CONSOLE_PATH}/`)) return undefined;
    app ??= open(parts);
    return app.then((answer) => answer(call));
  };
}

async function open({ sessions, invitations, isSecure, answer }: ConsoleParts): Promise<WebApp> {
  const folder = builtFiles();
  if (folder === undefined) return async () => no(503, notBuilt);
  return createWebApp({
    path: CONSOLE_PATH,
    files: await readWebFiles(folder, "console.html", { path: CONSOLE_PATH, title: "Sluice" }),
    cookie: { name: "sluice_console", path: CONSOLE_PATH },
    ...{ sessions, invitations, isSecure, answer },
    whoAmI: "/admin/v1/whoami",
    keyIn: (body) => (body as { readonly token: SignedIn }).token,
  });
}
