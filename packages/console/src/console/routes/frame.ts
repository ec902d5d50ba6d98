// The frame that all pages hang in: the way in, and the shell around everything behind it.

import { createRootRoute, createRoute, Outlet } from "@tanstack/react-router";
import { NotThere } from "../../parts/door.tsx";
import { Shell } from "../shell.tsx";
import { SignIn } from "../sign-in.tsx";

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotThere });

export const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: ({ from }): { from?: string } => (typeof from === "string" ? { from } : {}),
  component: SignIn,
});

export const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Shell });
