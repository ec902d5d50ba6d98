// Accounts and all that is theirs: keys, budgets, credits, and the ledger over all of them.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { inside } from "./frame.ts";

const accounts = createRoute({
  getParentRoute: () => inside,
  path: "/accounts",
  validateSearch: ({ search }): { search?: string } =>
    typeof search === "string" && search !== "" ? { search } : {},
  component: lazyRouteComponent(() => import("../pages/accounts.tsx"), "Accounts"),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: "/accounts/$accountId",
  component: lazyRouteComponent(() => import("../pages/account/account.tsx"), "AccountFrame"),
});

const accountOverview = createRoute({
  getParentRoute: () => account,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/account/overview.tsx"), "AccountOverview"),
});

const accountKeys = createRoute({
  getParentRoute: () => account,
  path: "/keys",
  component: lazyRouteComponent(() => import("../pages/account/keys.tsx"), "AccountKeys"),
});

const accountBudgets = createRoute({
  getParentRoute: () => account,
  path: "/budgets",
  component: lazyRouteComponent(() => import("../pages/account/budgets.tsx"), "AccountBudgets"),
});

const accountCredits = createRoute({
  getParentRoute: () => account,
  path: "/credits",
  component: lazyRouteComponent(() => import("../pages/account/credits.tsx"), "AccountCredits"),
});

const accountStatement = createRoute({
  getParentRoute: () => account,
  path: "/statement",
  validateSearch: ({ month }): { month?: string } =>
    typeof month === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {},
  component: lazyRouteComponent(() => import("../pages/account/statement.tsx"), "Statement"),
});

const accountHistory = createRoute({
  getParentRoute: () => account,
  path: "/history",
  component: lazyRouteComponent(() => import("../pages/account/history.tsx"), "AccountHistory"),
});

const oneAccount = account.addChildren([
  ...[accountOverview, accountKeys, accountBudgets],
  ...[accountCredits, accountStatement, accountHistory],
]);

const keys = createRoute({
  getParentRoute: () => inside,
  path: "/keys",
  component: lazyRouteComponent(() => import("../pages/keys.tsx"), "Keys"),
});

const key = createRoute({
  getParentRoute: () => inside,
  path: "/keys/$keyId",
  component: lazyRouteComponent(() => import("../pages/key/key.tsx"), "KeyPage"),
});

const ledger = createRoute({
  getParentRoute: () => inside,
  path: "/ledger",
  component: lazyRouteComponent(() => import("../pages/ledger.tsx"), "Ledger"),
});

export const accountRoutes = [accounts, oneAccount, keys, key, ledger] as const;
