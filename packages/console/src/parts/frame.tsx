// What stands around each page: where else one can go, who is signed in, and the way out.

import { useQueryClient } from "@tanstack/react-query";
import { Link, type LinkProps, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { signOut } from "./session.ts";
import { ThemeSwitch } from "./theme.tsx";

export interface Place {
  readonly to: NonNullable<LinkProps["to"]>;
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
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => showPlace(nav.current, pathname), [pathname]);
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
          <nav aria-label={label} ref={nav}>
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

/** On a phone the places stand in one line, which is longer than the screen: the one that is looked at comes into its middle. */
function showPlace(nav: HTMLElement | null, pathname: string): void {
  const here = nav?.querySelector("[aria-current=page]");
  if (nav === null || here === null || here === undefined || pathname === "") return;
  const middleOf = ({ left, width }: DOMRect) => left + width / 2;
  nav.scrollLeft += middleOf(here.getBoundingClientRect()) - middleOf(nav.getBoundingClientRect());
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
