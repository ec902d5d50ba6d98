// Many idle connections to one proxy, each after one answer, in a process of its own. The line `open <n>` on standard input
// opens them; `count` tells how many are open still.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { PATHS } from "../src/gateway/answers.ts";

/** Opened at once, so that nobody's backlog is full. */
const AT_ONCE = 64;

const { BENCH_PORT = "", BENCH_KEY = "" } = process.env;
const request =
  `GET ${PATHS.items} HTTP/1.1\r\nhost: 127.0.0.1:${BENCH_PORT}\r\n` +
  `x-api-key: ${BENCH_KEY}\r\n\r\n`;
const open = new Set<Socket>();

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(" ");
  if (command === "open") await openAll(Number(argument));
  process.stdout.write(`${open.size}\n`);
}
process.exit(0);

async function openAll(count: number): Promise<void> {
  let due = count;
  const one = async () => {
    while (due-- > 0) await openOne();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function openOne(): Promise<void> {
  const socket = connect({ port: Number(BENCH_PORT), host: "127.0.0.1" });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => open.delete(socket));
  socket.write(request);
  let text = "";
  // The answer is one object, whatever frames it.
  while (!/\}\s*(\r\n0\r\n\r\n)?$/.test(text)) {
    const [data] = await once(socket, "data");
    text += String(data);
  }
  if (!text.startsWith("HTTP/1.1 200")) throw new Error(`no answer: ${text.slice(0, 200)}`);
  open.add(socket);
}
