// The feed of this page: it watches while something shows it and the tab is seen.

import { useEffect, useSyncExternalStore } from "react";
import { isApiError } from "sluice/client";
import { admin } from "../admin.ts";
import { LiveFeed, type LiveState } from "./live-feed.ts";

const feed = new LiveFeed({
  watch: (signal) => admin.stream("watchLive", {}, { signal }),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    }),
  random: Math.random,
  isFinal: (error) => isApiError(error) && error.code === "not_serving",
});

let shown = 0;

function startOrRest(): void {
  if (shown > 0 && !document.hidden) feed.start();
  else feed.rest();
}

export function useLive(): LiveState {
  useEffect(() => {
    shown++;
    startOrRest();
    document.addEventListener("visibilitychange", startOrRest);
    return () => {
      shown--;
      document.removeEventListener("visibilitychange", startOrRest);
      startOrRest();
    };
  }, []);
  return useSyncExternalStore(feed.listen, feed.state);
}
