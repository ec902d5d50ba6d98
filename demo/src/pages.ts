// What the demo answers itself, beside the APIs: the page that says what there is to try, and where nothing is.

import type { GatewayExtras } from "@sluice/gateway";
import type { Answer, Call } from "sluice/gate";
import type { Landing } from "./landing.ts";

type Beside = Required<Pick<GatewayExtras, "pages" | "nothingHere">>;

export function besideTheApis(landing: () => Landing): Beside {
  return {
    pages(call) {
      const [path] = call.target.split("?", 1);
      if (path !== "/") return undefined;
      const isRead = call.method === "GET" || call.method === "HEAD";
      return isRead ? landingFor(call, landing()) : readOnly();
    },
    nothingHere: () => json(404, { status: 404, message: "Nothing is here. GET / tells what is." }),
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
