// Seventy questions of two customers at once: what the window has room for is answered, the rest comes back when it has.
import { readFileSync } from "node:fs";
import { type mavera, wire } from "@sluice-apis/mavera/contract";
import { Queue } from "bullmq";
import { createClient } from "sluice/client";
import { createWorker, patience, type Question } from "./worker.ts";

const home = process.env["SLUICE_HOME"] ?? "../../.sluice";
const { baseUrl, keys } = JSON.parse(readFileSync(`${home}/demo.json`, "utf8")).mavera;
const connection = { url: process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379" };

const clientOf = (apiKey: string) =>
  createClient<typeof mavera>(wire, { apiKey, baseUrl, plan: "starter", ...patience });
const clients = { acme: clientOf(keys.starter), broke: clientOf(keys.exhausted) };

const queue = new Queue<Question>("questions", { connection });
const ask = (customer: string) => ({ name: "ask", data: { customer, input: "Who buys shoes?" } });
await queue.addBulk([ask("broke"), ...Array.from({ length: 70 }, () => ask("acme"))]);

const worker = createWorker(clients, connection);
await new Promise<void>((resolve) => worker.once("drained", () => resolve()));
await worker.close(); // once those that run have ended

const { completed = 0, delayed = 0 } = await queue.getJobCounts("completed", "delayed");
console.log(`${completed} answered, ${delayed} put back`);
const [next] = await queue.getDelayed(0, 0);
console.log(`the next one comes back in ${Math.round((next?.delay ?? 0) / 1_000)} s`);
for (const { id, failedReason, data } of await queue.getFailed()) {
  console.log(`job ${id} of ${data.customer} waits for somebody: ${failedReason}`);
}
await queue.close();
