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

const account = createRoute({
  getParentRoute: () => inside,
  path: "/accounts/$accountId",
  component: lazyRouteComponent(() => import("./pages/account/account.tsx"), "AccountFrame"),
});

const accountOverview = createRoute({
  getParentRoute: () => account,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/account/overview.tsx"), "AccountOverview"),
});

const accountKeys = createRoute({
  getParentRoute: () => account,
  path: "/keys",
  component: lazyRouteComponent(() => import("./pages/account/keys.tsx"), "AccountKeys"),
});

const accountBudgets = createRoute({
  getParentRoute: () => account,
  path: "/budgets",
  component: lazyRouteComponent(() => import("./pages/account/budgets.tsx"), "AccountBudgets"),
});

const accountCredits = createRoute({
  getParentRoute: () => account,
  path: "/credits",
  component: lazyRouteComponent(() => import("./pages/account/credits.tsx"), "AccountCredits"),
});

const accountStatement = createRoute({
  getParentRoute: () => account,
  path: "/statement",
  validateSearch: ({ month }): { month?: string } =>
    typeof month === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {},
  component: lazyRouteComponent(() => import("./pages/account/statement.tsx"), "Statement"),
});

const accountHistory = createRoute({
  getParentRoute: () => account,
  path: "/history",
  component: lazyRouteComponent(() => import("./pages/account/history.tsx"), "AccountHistory"),
});

const oneAccount = account.addChildren([
  ...[accountOverview, accountKeys, accountBudgets],
  ...[accountCredits, accountStatement, accountHistory],
]);

const keys = createRoute({
  getParentRoute: () => inside,
  path: "/keys",
  component: lazyRouteComponent(() => import("./pages/keys.tsx"), "Keys"),
});

const key = createRoute({
  getParentRoute: () => inside,
  path: "/keys/$keyId",
  component: lazyRouteComponent(() => import("./pages/key/key.tsx"), "KeyPage"),
});

const ledger = createRoute({
  getParentRoute: () => inside,
  path: "/ledger",
  component: lazyRouteComponent(() => import("./pages/ledger.tsx"), "Ledger"),
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

const pages = [
  ...[overview, requests, request],
  ...[accounts, oneAccount, keys, key, ledger],
];
const tree = root.addChildren([
  signIn,
  inside.addChildren(pages),
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
