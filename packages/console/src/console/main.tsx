// The operator's console begins here.

import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isApiError } from "sluice/client";
import { applyTheme } from "../parts/theme.tsx";
import "../styles/base.css";
import "../styles/parts.css";
import "../styles/shell.css";
import { router } from "./routes.ts";

/** What was read stays good for so long while somebody looks around. */
const FRESH_MS = 2_000;

const queries = new QueryClient({
  defaultOptions: {
    // Our client tries again by itself where that can help.
    queries: { retry: false, staleTime: FRESH_MS, refetchOnWindowFocus: false },
  },
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
});

let leaving: Promise<void> | undefined;

/** A session that is over, or a token that was revoked: whoever signs in again comes back to where they were. */
function leaveWhenSignedOut(error: unknown): void {
  if (!isApiError(error) || error.status !== 401) return;
  const { pathname, href } = router.latestLocation;
  if (pathname.endsWith("/sign-in")) return;
  // Several queries may hear of it at once.
  leaving ??= router
    .navigate({ to: "/sign-in", search: { from: href } })
    .finally(() => (leaving = undefined));
}

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
