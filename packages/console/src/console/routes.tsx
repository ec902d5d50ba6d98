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
import { auditSearch } from "./pages/audit/kinds.ts";
import { contractSearch, refusalSearch } from "./pages/contract/search.ts";
import { webhookSearch } from "./pages/webhooks/states.ts";
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

const contracts = createRoute({
  getParentRoute: () => inside,
  path: "/contract",
  component: lazyRouteComponent(() => import("./pages/contract/contracts.tsx"), "Contracts"),
});

const contract = createRoute({
  getParentRoute: () => inside,
  path: "/contract/$api",
  validateSearch: contractSearch,
  component: lazyRouteComponent(() => import("./pages/contract/contract.tsx"), "Contract"),
});

const code = createRoute({
  getParentRoute: () => inside,
  path: "/contract/$api/codes/$code",
  component: lazyRouteComponent(() => import("./pages/contract/code.tsx"), "OneCode"),
});

const refusal = createRoute({
  getParentRoute: () => inside,
  path: "/contract/$api/refusal",
  validateSearch: refusalSearch,
  component: lazyRouteComponent(() => import("./pages/contract/refusal.tsx"), "SimulatedRefusal"),
});

const webhooks = createRoute({
  getParentRoute: () => inside,
  path: "/webhooks",
  validateSearch: webhookSearch,
  component: lazyRouteComponent(() => import("./pages/webhooks/webhooks.tsx"), "Webhooks"),
});

const webhook = createRoute({
  getParentRoute: () => inside,
  path: "/webhooks/$accountId",
  component: lazyRouteComponent(() => import("./pages/webhooks/webhook.tsx"), "Webhook"),
});

const incidents = createRoute({
  getParentRoute: () => inside,
  path: "/incidents",
  validateSearch: ({ open }): { open?: true } => (open === true ? { open } : {}),
  component: lazyRouteComponent(() => import("./pages/incidents/incidents.tsx"), "Incidents"),
});

const incident = createRoute({
  getParentRoute: () => inside,
  path: "/incidents/$incidentId",
  component: lazyRouteComponent(() => import("./pages/incidents/incident.tsx"), "OneIncident"),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("./pages/audit/audit.tsx"), "Audit"),
});

const tokens = createRoute({
  getParentRoute: () => inside,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./pages/tokens.tsx"), "Tokens"),
});

const first = createRoute({
  getParentRoute: () => inside,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/accounts", replace: true });
  },
});

const pages = [
  ...[first, accounts],
  ...[contracts, contract, code, refusal, webhooks, webhook],
  ...[incidents, incident, audit, tokens],
];
const tree = root.addChildren([signIn, inside.addChildren(pages)]);

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
