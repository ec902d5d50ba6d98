// What stands around each page: where else one can go, who is signed in, and the way out.

import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { signOut } from "./session.ts";
import { ThemeSwitch } from "./theme.tsx";

export interface Place {
  readonly to: string;
  readonly name: string;
}

export interface FrameProps {
  readonly brand: string;
  /** What the places are of, for whoever hears them. */
  readonly label: string;
  readonly places: readonly Place[];
  /** Who is signed in; nothing until it is known. */
  readonly who: ReactNode;
  /** What is said above every page. */
  readonly banner?: ReactNode;
}

export function Frame({ brand, label, places, who, banner }: FrameProps): ReactNode {
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <div className="shell">
        <aside>
          <Link to="/" className="brand">
            {brand}
          </Link>
          <nav aria-label={label}>
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
            <span className="row">
              {who}
              <SignOut />
            </span>
            <ThemeSwitch />
          </footer>
        </aside>
        <div>
          {banner}
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
    </>
  );
}

function SignOut(): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: "/sign-in" });
  };
  return (
    <button type="button" className="button plain" onClick={() => void leave()}>
      Sign out
    </button>
  );
}
