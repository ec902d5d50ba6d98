// The console as a gateway serves it beside the admin API: sessions of people who have a token, and links that sign somebody in
// once: the owner of this machine, or whoever has a token and asks for one.

import { systemClock, systemRandom } from "sluice/base";
import { type Answer, type Call, createKeyDigests, type Peppers } from "sluice/gate";
import type { Admin } from "../admin/admin.ts";
import { wire } from "../admin/contract/wire.ts";
import type { LocalSecret } from "../admin/desk/local-token.ts";
import { localTokenId } from "../admin/desk/reserved.ts";
import type { SignInDesk } from "../admin/desk/sign-in-desk.ts";
import { CONSOLE_PATH, createConsole } from "../console/console.ts";
import { createInvitations, type Invitations } from "../session/invitations.ts";
import { createSessions, type Sessions } from "../session/sessions.ts";

export interface ServedConsole {
  /** Undefined for paths that are not its own. */
  answer(call: Call): Promise<Answer> | undefined;
  /** Path and fragment of a link that signs in whoever follows it first, within a while, as the owner. */
  signInPath(): string;
}

/** The ways in: they outlive a reload. */
export interface SignIns extends SignInDesk {
  readonly sessions: Sessions;
  readonly invitations: Invitations;
}

export interface ServedConsoleParts {
  readonly signIns: SignIns;
  readonly token: LocalSecret;
  readonly isSecure: boolean;
  readonly answer: Admin["answer"];
}

export function createSignIns(pepper: Peppers): SignIns {
  const invitations = createInvitations(systemClock, systemRandom);
  const sessions = createSessions({
    purpose: "console",
    pepper,
    digests: createKeyDigests(pepper),
    format: wire.key,
    clock: systemClock,
    random: systemRandom,
  });
  return {
    sessions,
    invitations,
    invite(token) {
      const invitation = invitations.invite(token);
      return { ...invitation, path: `${CONSOLE_PATH}/sign-in#${invitation.code}` };
    },
  };
}

export function serveConsole({ token, signIns, ...parts }: ServedConsoleParts): ServedConsole {
  const { sessions, invitations } = signIns;
  const owner = { id: localTokenId, createdAtMs: token.madeAtMs };
  return {
    answer: createConsole({ ...parts, sessions, invitations }),
    signInPath: () => signIns.invite(owner).path,
  };
}
