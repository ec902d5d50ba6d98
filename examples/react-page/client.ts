// The client of the page, and when TanStack Query makes a call again that the client has given up.
import type { mavera } from "@sluice-apis/mavera/contract";
import { wire } from "@sluice-apis/mavera/wire";
import { createClient, waitMsOf } from "sluice/client";

// The visitor's own key. Where visitors have none, a route of your server adds yours, and is the baseUrl.
const apiKey = new URLSearchParams(location.hash.slice(1)).get("key") ?? "";
const baseUrl = `${location.origin}/mavera/api/v1`;

export const client = createClient<typeof mavera>(wire, { apiKey, baseUrl });

export const again = {
  retry: (failures: number, error: Error) => failures < 5 && waitMsOf(error) !== undefined,
  retryDelay: (failures: number, error: Error) => waitMsOf(error, { failures: failures + 1 }) ?? 0,
};
