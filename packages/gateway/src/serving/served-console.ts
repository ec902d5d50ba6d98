// The console as a gateway serves it beside the admin API: sessions of people who have a token, and links that sign the owner of
// this machine in once.

import { systemClock, systemRandom } from "sluice/base";
import { type Answer, type Call, createKeyDigests, type Peppers } from "sluice/gate";
import type { Admin } from "../admin/admin.ts";
import { wire } from "../admin/contract/wire.ts";
import type { LocalSecret } from "../admin/desk/local-token.ts";
import { localTokenId } from "../admin/desk/reserved.ts";
import { CONSOLE_PATH, createConsole } from "../console/console.ts";
import { createInvitations } from "../session/invitations.ts";
import { createSessions, type Sessions } from "../session/sessions.ts";

export interface ServedConsole {
  /** Undefined for paths that are not its own. */
  answer(call: Call): Promise<Answer> | undefined;
  /** Path and fragment of a link that signs in whoever follows it first, within a while, as the owner. */
  signInPath(): string;
}

export interface ServedConsoleParts {
  readonly sessions: Sessions;
  readonly token: LocalSecret;
  readonly isSecure: boolean;
  readonly answer: Admin["answer"];
}

export function createAdminSessions(pepper: Peppers): Sessions {
  return createSessions({
    purpose: "console",
    pepper,
    digests: createKeyDigests(pepper),
    format: wire.key,
    clock: systemClock,
    random: systemRandom,
  });
}

export function serveConsole({ token, ...parts }: ServedConsoleParts): ServedConsole {
  const invitations = createInvitations(systemClock, systemRandom);
  const owner = { id: localTokenId, createdAtMs: token.madeAtMs };
  return {
    answer: createConsole({ ...parts, invitations }),
    // What stands behind a # is sent to nobody.
    signInPath: () => `${CONSOLE_PATH}/sign-in#${invitations.invite(owner)}`,
  };
}
