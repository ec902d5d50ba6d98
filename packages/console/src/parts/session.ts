// Signing in and out: the one thing that is asked of the gateway beside the API.

import { isApiError } from "sluice/client";
import { path } from "./place.ts";

export type Credential = { readonly key: string } | { readonly code: string };

/** Undefined where it went well, else what to say. */
export async function signIn(credential: Credential): Promise<string | undefined> {
  const headers = { "content-type": "application/json" };
  try {
    const answer = await fetch(`${path}/session`, {
      method: "POST",
      headers,
      body: JSON.stringify(credential),
    });
    return answer.ok ? undefined : await reasonIn(answer);
  } catch {
    return "The gateway does not answer. Is it running?";
  }
}

export async function signOut(): Promise<void> {
  // Whoever leaves has left, whether or not the gateway heard of it: the cookie ends by itself.
  await fetch(`${path}/session`, { method: "DELETE" }).catch(() => undefined);
}

async function reasonIn(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => undefined);
  const { error, detail } = (body ?? {}) as { readonly error?: unknown; readonly detail?: unknown };
  if (typeof detail === "string") return detail;
  if (typeof error === "string") return error;
  return `The gateway answered ${answer.status}.`;
}

/** Whether it says that nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return isApiError(error) && error.status === 401;
}
