// Requests of every kind, in one order: what each gets depends on those before it.

import { type Asked, get, post } from "./suite.ts";

const cat = { text: "a cat" };
const raw = (path: string, body: string, headers: Asked["headers"]): Asked => ({
  method: "POST",
  path,
  body,
  headers: { ...headers },
});
const JSON_TYPE = { "content-type": "application/json" };

export const trace: readonly (readonly [asked: Asked, key?: "pro" | "free" | "none"])[] = [
  [get("/v1/hello")],
  [get("/v1/hello"), "free"],
  [get("/v1/hello"), "none"],
  [get("/v1/hello", { "x-api-key": "nonsense" }), "none"],
  [get("/v1/hello", { "x-api-key": `press_${"0".repeat(32)}` }), "none"],
  [{ method: "HEAD", path: "/v1/hello" }],
  [{ method: "HEAD", path: "/v1/nowhere" }],
  [{ method: "HEAD", path: "/v1/answers" }],
  [get("/v1/hello?a=1&b=%20")],
  [get("/v1/hello", { "x-request-id": "mine" })],
  [get("/v1/nowhere")],
  [get("/v1/hello/")],
  [get("/v1")],
  [{ method: "PUT", path: "/v1/hello" }],
  [{ method: "OPTIONS", path: "/v1/hello" }],
  [{ method: "DELETE", path: "/v1/prints" }],
  [get("/v1/nobody")],
  [get("/v1/notes/note_1?lines=3")],
  [get("/v1/notes/note_%31")],
  [get("/v1/notes/%ff")],
  [get("/v1/notes/note_1?lines=0")],
  ...["gone", "dup", "odd", "bad", "told", "err", "two", "not", "utf", "own"].flatMap(
    (name): (typeof trace)[number][] => [
      [get(`/v1/notes/note_${name}`)],
      [{ method: "HEAD", path: `/v1/notes/note_${name}` }],
    ],
  ),
  [{ method: "DELETE", path: "/v1/notes/note_1" }],
  [post("/v1/prints", cat)],
  [post("/v1/prints", cat), "free"],
  [
    post(
      "/v1/prints",
      { ...cat, copies: 2 },
      { "content-type": "application/json; charset=utf-8" },
    ),
  ],
  [raw("/v1/prints", JSON.stringify(cat), {})],
  [raw("/v1/prints", JSON.stringify(cat), { "content-type": "text/plain" })],
  [raw("/v1/prints", JSON.stringify(cat), { ...JSON_TYPE, "content-encoding": "gzip" })],
  [raw("/v1/prints", "{", JSON_TYPE)],
  [raw("/v1/prints", "{}", JSON_TYPE)],
  [raw("/v1/prints", "", JSON_TYPE)],
  [raw("/v1/prints", "[".repeat(100), JSON_TYPE)],
  [post("/v1/prints", { text: 1 })],
  [post("/v1/prints", { text: "x".repeat(500) })],
  [post("/v1/prints", cat, { "idempotency-key": "a" })],
  [post("/v1/prints", cat, { "idempotency-key": "a" })],
  [post("/v1/prints", { text: "a dog" }, { "idempotency-key": "a" })],
  [get("/v1/answers")],
  [post("/v1/launches", { size: 3 })],
  [post("/v1/launches", { size: 1_000 })],
  [post("/v1/stories", { text: "once upon a time" })],
  [post("/v1/stories", {})],
  [{ method: "PUT", path: "/v1/uploads", body: "a file" }],
  [{ method: "PUT", path: "/v1/uploads", body: "{", headers: JSON_TYPE }],
  [{ method: "PUT", path: "/v1/uploads", body: "x".repeat(100_001) }],
  // A body that no schema speaks of is nobody's.
  [{ method: "DELETE", path: "/v1/notes/note_1", body: "{", headers: JSON_TYPE }],
  ...Array.from({ length: 7 }, (): (typeof trace)[number] => [get("/v1/count")]),
];
