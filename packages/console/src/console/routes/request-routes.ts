// What happens and happened: the overview, and each request.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readSearch } from "../pages/requests/search.ts";
import { inside } from "./frame.ts";

const overview = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/overview/overview.tsx"), "Overview"),
});

const requests = createRoute({
  getParentRoute: () => inside,
  path: "/requests",
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import("../pages/requests/requests.tsx"), "Requests"),
});

const request = createRoute({
  getParentRoute: () => inside,
  path: "/requests/$requestId",
  component: lazyRouteComponent(() => import("../pages/request/request.tsx"), "Request"),
});

export const requestRoutes = [overview, requests, request] as const;
