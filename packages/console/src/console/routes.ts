// Every page of the console: its path, what its address may say, and the file that shows it, loaded when it is looked at.

import { createRouter } from "@tanstack/react-router";
import { Broken, OnItsWay } from "../parts/broken.tsx";
import { path } from "../parts/place.ts";
import { accountRoutes } from "./routes/account-routes.ts";
import { contractRoutes } from "./routes/contract-routes.ts";
import { inside, root, signIn } from "./routes/frame.ts";
import { requestRoutes } from "./routes/request-routes.ts";

const tree = root.addChildren([
  signIn,
  inside.addChildren([...requestRoutes, ...accountRoutes, ...contractRoutes]),
]);

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
