// What stands around each page: where else one can go, who is signed in, and what is wrong with the gateway right now.

import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { isApiError } from "sluice/client";
import { Problem, Waiting } from "../parts/asked.tsx";
import { signOut } from "../parts/session.ts";
import { ThemeSwitch } from "../parts/theme.tsx";
import { useAdmin } from "./admin.ts";
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

function usePlaces() {
  const mayTokens = useMay("tokens");
  return places.filter((place) => !("needs" in place) || mayTokens);
}

/** Nothing is asked for before it is known who asks: a visitor without a session costs one answer, not one for each part. */
export function Shell(): ReactNode {
  const me = useAdmin("whoAmI", {});
  if (me.data !== undefined) return <Inside />;
  return (
    <div className="door">
      <main className="stack">
        <h1>Sluice console</h1>
        {me.isError && !isSignedOut(me.error) ? (
          <Problem error={me.error} retry={() => void me.refetch()} />
        ) : (
          <Waiting />
        )}
      </main>
    </div>
  );
}

function isSignedOut(error: unknown): boolean {
  return isApiError(error) && error.status === 401;
}

function Inside(): ReactNode {
  const places = usePlaces();
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <div className="shell">
        <aside>
          <Link to="/" className="brand">
            Sluice
          </Link>
          <nav aria-label="Console">
            <ul>
              {places.map(({ to, name }) => (
                <li key={to}>
                  <Link to={to} activeOptions={{ exact: to === "/" }}>
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <footer>
            <Who />
            <ThemeSwitch />
          </footer>
        </aside>
        <div>
          <HealthBanner />
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
    </>
  );
}

function Who(): ReactNode {
  const { data } = useAdmin("whoAmI", {});
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: "/sign-in" });
  };
  return (
    <span className="row">
      {data !== undefined && (
        <span>
          {data.token.name} ({data.token.role ?? "no role"})
        </span>
      )}
      <button type="button" className="button plain" onClick={() => void leave()}>
        Sign out
      </button>
    </span>
  );
}
