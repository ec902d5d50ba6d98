// The way in: one of the account's own keys.

import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { TextField } from "../parts/field.tsx";
import { addressOf } from "../parts/place.ts";
import { signIn } from "../parts/session.ts";
import { title } from "../parts/title.ts";

const here = getRouteApi("/sign-in");

export function SignIn(): ReactNode {
  const [key, setKey] = useState("");
  const { said, isAsking, enter } = useEnter();
  return (
    <div className="door">
      <main className="stack">
        <h1>{title}</h1>
        <p className="quiet">Usage, credits and requests of your account.</p>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void enter(key.trim());
          }}
        >
          <TextField
            label="API key"
            type="password"
            autoComplete="current-password"
            spellCheck={false}
            required
            value={key}
            onChange={({ target }) => setKey(target.value)}
            wrong={said}
            hint="Any key of your account. It is checked and not kept; a session lasts twelve hours."
          />
          <button type="submit" className="button main" disabled={isAsking}>
            {isAsking ? "Signing in …" : "Sign in"}
          </button>
        </form>
      </main>
    </div>
  );
}

function useEnter() {
  const { from } = here.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const [said, setSaid] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const enter = async (key: string) => {
    setAsking(true);
    setSaid(undefined);
    const wrong = await signIn({ key });
    setAsking(false);
    if (wrong !== undefined) return setSaid(wrong);
    // Somebody else may have looked before.
    queries.clear();
    const address = addressOf(from);
    if (address !== undefined) router.history.replace(address);
    else await router.navigate({ to: "/", replace: true });
  };
  return { said, isAsking, enter };
}
