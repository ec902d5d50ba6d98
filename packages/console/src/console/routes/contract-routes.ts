// What callers are promised and told: the contract, webhooks, incidents; and who changed what.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { auditSearch } from "../pages/audit/kinds.ts";
import { contractSearch, refusalSearch } from "../pages/contract/search.ts";
import { webhookSearch } from "../pages/webhooks/states.ts";
import { inside } from "./frame.ts";

const contracts = createRoute({
  getParentRoute: () => inside,
  path: "/contract",
  component: lazyRouteComponent(() => import("../pages/contract/contracts.tsx"), "Contracts"),
});

const contract = createRoute({
  getParentRoute: () => inside,
  path: "/contract/$api",
  validateSearch: contractSearch,
  component: lazyRouteComponent(() => import("../pages/contract/contract.tsx"), "Contract"),
});

const code = createRoute({
  getParentRoute: () => inside,
  path: "/contract/$api/codes/$code",
  component: lazyRouteComponent(() => import("../pages/contract/code.tsx"), "OneCode"),
});

const refusal = createRoute({
  getParentRoute: () => inside,
  path: "/contract/$api/refusal",
  validateSearch: refusalSearch,
  component: lazyRouteComponent(() => import("../pages/contract/refusal.tsx"), "SimulatedRefusal"),
});

const webhooks = createRoute({
  getParentRoute: () => inside,
  path: "/webhooks",
  validateSearch: webhookSearch,
  component: lazyRouteComponent(() => import("../pages/webhooks/webhooks.tsx"), "Webhooks"),
});

const webhook = createRoute({
  getParentRoute: () => inside,
  path: "/webhooks/$accountId",
  component: lazyRouteComponent(() => import("../pages/webhooks/webhook.tsx"), "Webhook"),
});

const incidents = createRoute({
  getParentRoute: () => inside,
  path: "/incidents",
  validateSearch: ({ open }): { open?: true } => (open === true ? { open } : {}),
  component: lazyRouteComponent(() => import("../pages/incidents/incidents.tsx"), "Incidents"),
});

const incident = createRoute({
  getParentRoute: () => inside,
  path: "/incidents/$incidentId",
  component: lazyRouteComponent(() => import("../pages/incidents/incident.tsx"), "OneIncident"),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../pages/audit/audit.tsx"), "Audit"),
});

const tokens = createRoute({
  getParentRoute: () => inside,
  path: "/tokens",
  component: lazyRouteComponent(() => import("../pages/tokens.tsx"), "Tokens"),
});

export const contractRoutes = [
  ...[contracts, contract, code, refusal, webhooks, webhook],
  ...[incidents, incident, audit, tokens],
] as const;
