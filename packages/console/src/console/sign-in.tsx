// The way in: a token, or the code of a link, which stands behind the # of the address so that it is sent to nobody.

import { type ReactNode, useEffect, useRef } from "react";
import { Door } from "../parts/door.tsx";
import { type Entering, SignInForm, useEnter } from "../parts/sign-in-form.tsx";

export function SignIn(): ReactNode {
  const entering = useEnter();
  useCode(entering);
  return (
    <Door title="Sluice console">
      <SignInForm
        entering={entering}
        label="Token"
        hint={
          <>
            <code>sluice tokens create --name you --role operator</code> makes one.
          </>
        }
      />
    </Door>
  );
}

/** Takes the code out of the address before it is used: it is good for one time only. */
function useCode({ enter }: Entering): void {
  const taken = useRef(false);
  useEffect(() => {
    const code = location.hash.slice(1);
    if (code === "" || taken.current) return;
    taken.current = true;
    history.replaceState(history.state, "", location.pathname + location.search);
    void enter({ code });
  });
}
