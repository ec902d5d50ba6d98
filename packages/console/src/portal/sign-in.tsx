// The way in: one of the account's own keys.

import type { ReactNode } from "react";
import { Door } from "../parts/door.tsx";
import { SignInForm, useEnter } from "../parts/sign-in-form.tsx";
import { title } from "../parts/title.ts";

export function SignIn(): ReactNode {
  return (
    <Door title={title}>
      <p className="quiet">Usage, credits and requests of your account.</p>
      <SignInForm
        entering={useEnter()}
        label="API key"
        hint="Any key of your account. It is checked and not kept; a session lasts twelve hours."
      />
    </Door>
  );
}
