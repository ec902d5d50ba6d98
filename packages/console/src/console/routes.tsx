// Every page of the console: its path, what its address may say, and the file that shows it, loaded when it is looked at.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { path } from "../parts/place.ts";
import { NotThere } from "./not-there.tsx";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotThere });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: ({ from }): { from?: string } => (typeof from === "string" ? { from } : {}),
  component: SignIn,
});

const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Shell });

const accounts = createRoute({
  getParentRoute: () => inside,
  path: "/accounts",
  validateSearch: ({ search }): { search?: string } =>
    typeof search === "string" && search !== "" ? { search } : {},
  component: lazyRouteComponent(() => import("./pages/accounts.tsx"), "Accounts"),
});

const first = createRoute({
  getParentRoute: () => inside,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/accounts", replace: true });
  },
});

const tree = root.addChildren([signIn, inside.addChildren([first, accounts])]);

export const router = createRouter({
  routeTree: tree,
  basepath: path,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
