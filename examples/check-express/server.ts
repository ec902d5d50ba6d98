// `npm start --workspace sluice-example-check-express`: the API on a port, with one token that works.

import { createServer } from "node:http";
import { answerUnreadable, createApp } from "./app.ts";

const token = process.env["BOOKSHOP_TOKEN"] ?? `bk_${"0".repeat(32)}`;
const server = createServer(createApp({ tokens: new Set([token]) }));
answerUnreadable(server);
const port = Number(process.env["PORT"] ?? 3000);
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/shop/books`));
