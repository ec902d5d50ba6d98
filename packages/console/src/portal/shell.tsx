// What stands around each page: where else one can go, and as whom somebody is signed in.

import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Mark } from "../parts/mark.tsx";
import { signOut } from "../parts/session.ts";
import { ThemeSwitch } from "../parts/theme.tsx";
import { title } from "../parts/title.ts";
import { useWho } from "./asking.ts";

const places = [
  { to: "/", name: "Overview", needs: "own" },
  { to: "/requests", name: "Requests", needs: "own" },
  { to: "/limits", name: "Limits", needs: "own" },
  { to: "/keys", name: "Keys", needs: "own" },
  { to: "/warnings", name: "Warnings", needs: "account" },
] as const;

export function Shell(): ReactNode {
  const { may, who } = useWho();
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <div className="shell">
        <aside>
          <Link to="/" className="brand">
            {who?.key.api ?? title}
          </Link>
          <nav aria-label="Your account">
            <ul>
              {places
                .filter(({ needs }) => needs === "own" || may(needs))
                .map(({ to, name }) => (
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
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
    </>
  );
}

function Who(): ReactNode {
  const { who } = useWho();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: "/sign-in" });
  };
  return (
    <span className="row">
      {who !== undefined && (
        <span className="who">
          Key {who.key.name} <code>…{who.key.lastFour}</code>{" "}
          {who.key.environment === "test" && <Mark tone="warn">test key</Mark>}
        </span>
      )}
      <button type="button" className="button plain" onClick={() => void leave()}>
        Sign out
      </button>
    </span>
  );
}
