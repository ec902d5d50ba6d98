// What stands around each page: where else one can go, who is signed in, and what is wrong with the gateway right now.

import type { ReactNode } from "react";
import { Problem, Waiting } from "../parts/asked.tsx";
import { Door } from "../parts/door.tsx";
import { Frame } from "../parts/frame.tsx";
import { isSignedOut } from "../parts/session.ts";
import { type Output, useAdmin } from "./admin.ts";
import { HealthBanner } from "./health-banner.tsx";
import { useMay } from "./may.ts";

const places = [
  { to: "/", name: "Overview" },
  { to: "/requests", name: "Requests" },
  { to: "/accounts", name: "Accounts" },
  { to: "/keys", name: "Keys" },
  { to: "/ledger", name: "Ledger" },
  { to: "/contract", name: "Contract" },
  { to: "/webhooks", name: "Webhooks" },
  { to: "/incidents", name: "Incidents" },
  { to: "/audit", name: "Audit" },
  { to: "/tokens", name: "Tokens", needs: "tokens" },
] as const;

/** Nothing is asked for before it is known who asks: a visitor without a session costs one answer, not one for each part. */
export function Shell(): ReactNode {
  const me = useAdmin("whoAmI", {});
  if (me.data !== undefined) return <Inside me={me.data} />;
  return (
    <Door title="Sluice console">
      {me.isError && !isSignedOut(me.error) ? (
        <Problem error={me.error} retry={() => void me.refetch()} />
      ) : (
        <Waiting />
      )}
    </Door>
  );
}

function Inside({ me: { token } }: { readonly me: Output<"whoAmI"> }): ReactNode {
  const mayTokens = useMay("tokens");
  return (
    <Frame
      brand="Sluice"
      label="Console"
      places={places.filter((place) => !("needs" in place) || mayTokens)}
      banner={<HealthBanner />}
      who={
        <span>
          {token.name} ({token.role ?? "no role"})
        </span>
      }
    />
  );
}
