// The way in by a secret that somebody types.

import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { TextField } from "./field.tsx";
import { addressOf } from "./place.ts";
import { type Credential, signIn } from "./session.ts";

const here = getRouteApi("/sign-in");

export interface Entering {
  readonly enter: (credential: Credential) => Promise<void>;
  readonly isAsking: boolean;
  /** Why nobody was let in. */
  readonly said: string | undefined;
}

/** Whoever gets in comes to the page that they asked for. */
export function useEnter(): Entering {
  const { from } = here.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const [said, setSaid] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const enter = async (credential: Credential) => {
    setAsking(true);
    setSaid(undefined);
    const wrong = await signIn(credential);
    setAsking(false);
    if (wrong !== undefined) return setSaid(wrong);
    // Somebody else may have looked before.
    queries.clear();
    const address = addressOf(from);
    if (address !== undefined) router.history.replace(address);
    else await router.navigate({ to: "/", replace: true });
  };
  return { enter, isAsking, said };
}

export interface SignInFormProps {
  readonly entering: Entering;
  /** What the secret is called. */
  readonly label: string;
  readonly hint: ReactNode;
}

export function SignInForm({ entering, label, hint }: SignInFormProps): ReactNode {
  const { enter, isAsking, said } = entering;
  const [secret, setSecret] = useState("");
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void enter({ key: secret.trim() });
      }}
    >
      <TextField
        label={label}
        type="password"
        autoComplete="current-password"
        spellCheck={false}
        required
        value={secret}
        onChange={({ target }) => setSecret(target.value)}
        wrong={said}
        hint={hint}
      />
      <button type="submit" className="button main" disabled={isAsking}>
        {isAsking ? "Signing in …" : "Sign in"}
      </button>
    </form>
  );
}
