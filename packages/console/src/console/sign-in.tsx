// The way in: a token, or the code of a link, which stands behind the # of the address so that it is sent to nobody.

import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { TextField } from "../parts/field.tsx";
import { addressOf } from "../parts/place.ts";
import { type Credential, signIn } from "../parts/session.ts";

const here = getRouteApi("/sign-in");

export function SignIn(): ReactNode {
  const [token, setToken] = useState("");
  const [said, setSaid] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const enter = useEnter(setSaid, setAsking);
  useCode(enter);
  return (
    <div className="door">
      <main className="stack">
        <h1>Sluice console</h1>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void enter({ key: token.trim() });
          }}
        >
          <TextField
            label="Token"
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onChange={({ target }) => setToken(target.value)}
            wrong={said}
            hint={
              <>
                <code>sluice tokens create --name you --role operator</code> makes one.
              </>
            }
          />
          <button type="submit" className="button main" disabled={isAsking}>
            {isAsking ? "Signing in …" : "Sign in"}
          </button>
        </form>
      </main>
    </div>
  );
}

type Enter = (credential: Credential) => Promise<void>;

function useEnter(
  setSaid: (words?: string) => void,
  setAsking: (isAsking: boolean) => void,
): Enter {
  const { from } = here.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  return async (credential) => {
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
}

/** Takes the code out of the address before it is used: it is good for one time only. */
function useCode(enter: Enter): void {
  const taken = useRef(false);
  useEffect(() => {
    const code = location.hash.slice(1);
    if (code === "" || taken.current) return;
    taken.current = true;
    history.replaceState(history.state, "", location.pathname + location.search);
    void enter({ code });
  });
}
