// What the demo answers itself, beside the APIs: the page that says what there is to try, and whether it is alive.

import type { Pages } from "@sluice/gateway";
import type { Answer, Call } from "sluice/gate";
import type { Landing } from "./landing.ts";

export function pagesOf(landing: () => Landing): Pages {
  const pages: Readonly<Record<string, (call: Call) => Answer>> = {
    "/": (call) => landingFor(call, landing()),
    "/healthz": () => json(200, { status: "ok" }),
  };
  return (call) => {
    const [path = "/"] = call.target.split("?", 1);
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined) return undefined;
    return call.method === "GET" || call.method === "HEAD" ? page(call) : readOnly();
  };
}

function readOnly(): Answer {
  const answer = json(405, { status: 405, message: "Only GET and HEAD are answered here." });
  answer.headers.push("Allow", "GET, HEAD");
  return answer;
}

function landingFor(call: Call, { text, html }: Landing): Answer {
  // Browsers ask for HTML by name; curl and most tools take anything.
  if (call.header("accept")?.includes("text/html") !== true) {
    return page(200, "text/plain; charset=utf-8", text, ["Vary", "Accept"]);
  }
  return page(200, "text/html; charset=utf-8", html, [
    "Vary",
    "Accept",
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  ]);
}

function json(status: number, body: object): Answer {
  return page(status, "application/json", JSON.stringify(body), []);
}

function page(status: number, type: string, body: string, more: readonly string[]): Answer {
  // The landing page shows keys.
  const safety = ["Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"];
  return { status, headers: ["Content-Type", type, ...safety, ...more], body };
}
