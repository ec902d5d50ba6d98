// Every page of the console: its path, what its address may say, and the file that shows it, loaded when it is looked at.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { path } from "../parts/place.ts";
import { NotThere } from "./not-there.tsx";
import { readSearch } from "./pages/requests/search.ts";
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

const overview = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/overview/overview.tsx"), "Overview"),
});

const requests = createRoute({
  getParentRoute: () => inside,
  path: "/requests",
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import("./pages/requests/requests.tsx"), "Requests"),
});

const request = createRoute({
  getParentRoute: () => inside,
  path: "/requests/$requestId",
  component: lazyRouteComponent(() => import("./pages/request/request.tsx"), "Request"),
});

const tree = root.addChildren([
  signIn,
  inside.addChildren([accounts, overview, request, requests]),
]);

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
