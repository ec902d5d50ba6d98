// How a page begins: its queries, its router, and the way out for whoever is no longer signed in.

import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RegisteredRouter, RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isSignedOut } from "./session.ts";
import { applyTheme } from "./theme.tsx";

/** @param freshMs for how long what was read stays good while somebody looks around */
export function start(router: RegisteredRouter, freshMs: number): void {
  const leave = leaving(router);
  const queries = new QueryClient({
    defaultOptions: {
      // Our client tries again by itself where that can help.
      queries: { retry: false, staleTime: freshMs, refetchOnWindowFocus: false },
    },
    queryCache: new QueryCache({ onError: (error) => isSignedOut(error) && leave() }),
  });
  applyTheme();
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no place for it");
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

/** A session that is over, or whose key was revoked: whoever signs in again comes back to where they were. */
function leaving(router: RegisteredRouter): () => void {
  let leaves: Promise<void> | undefined;
  return () => {
    const { pathname, href } = router.latestLocation;
    if (pathname.endsWith("/sign-in")) return;
    // Several queries may hear of it at once.
    leaves ??= router
      .navigate({ to: "/sign-in", search: { from: href } })
      .finally(() => (leaves = undefined));
  };
}
