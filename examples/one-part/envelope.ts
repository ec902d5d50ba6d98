/** Only the envelope: a server of any kind refuses in the words of one catalogue, each code with its status and headers. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { defineWire, type Refusal, refuse, render, standard } from "sluice";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: {},
  headers: { rateLimit: "none" },
  operations: { book: { method: "GET", path: "/books/{id}", summary: "Shows a book." } },
});

function send(response: ServerResponse, refusal: Refusal): void {
  const { status, headers, body } = render(wire, refusal);
  response.writeHead(status, [...headers]).end(body);
}

const server = createServer((request, response) => {
  if (request.url === "/books/1") response.end("Emma\n");
  else if (request.url === "/busy") send(response, refuse("unavailable", { retryAfterMs: 5_000 }));
  else send(response, refuse("not_found"));
});
server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () =>
  console.log(`curl -i http://127.0.0.1:${(server.address() as AddressInfo).port}/books/2`),
);
