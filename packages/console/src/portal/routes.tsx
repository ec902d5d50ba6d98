// Every page of the portal: its path, what its address may say, and the file that shows it, loaded when it is looked at.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { Broken, OnItsWay } from "../parts/broken.tsx";
import { NotThere } from "../parts/door.tsx";
import { path } from "../parts/place.ts";
import { filtersIn } from "./request-filters.ts";
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

const overview = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/overview.tsx"), "Overview"),
});

const keys = createRoute({
  getParentRoute: () => inside,
  path: "/keys",
  component: lazyRouteComponent(() => import("./pages/keys.tsx"), "Keys"),
});

const limits = createRoute({
  getParentRoute: () => inside,
  path: "/limits",
  component: lazyRouteComponent(() => import("./pages/limits.tsx"), "Limits"),
});

const requests = createRoute({
  getParentRoute: () => inside,
  path: "/requests",
  validateSearch: filtersIn,
  component: lazyRouteComponent(() => import("./pages/requests.tsx"), "Requests"),
});

const request = createRoute({
  getParentRoute: () => inside,
  path: "/requests/$requestId",
  component: lazyRouteComponent(() => import("./pages/request.tsx"), "Request"),
});

const warnings = createRoute({
  getParentRoute: () => inside,
  path: "/warnings",
  component: lazyRouteComponent(() => import("./pages/warnings.tsx"), "Warnings"),
});

const pages = [overview, keys, limits, requests, request, warnings] as const;
const tree = root.addChildren([signIn, inside.addChildren(pages)]);

export const router = createRouter({
  routeTree: tree,
  basepath: path,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: Broken,
  defaultPendingComponent: OnItsWay,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
