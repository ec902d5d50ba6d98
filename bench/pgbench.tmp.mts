import { startPostgres } from "@sluice-internal/test-servers/postgres";
import pg from "pg";
import { createRequestIds, systemClock, systemRandom } from "../packages/sluice/src/base/index.ts";
import { Database } from "../packages/sluice/src/store/postgres/connection/database.ts";
import { migrate, migrations } from "../packages/sluice/src/store/postgres/schema/migrations.ts";
import { keepPartitions } from "../packages/sluice/src/store/postgres/log/partitions.ts";
import { CopySink } from "../packages/sluice/src/store/postgres/log/sink.ts";
import { copyIn, copyLine } from "../packages/sluice/src/store/postgres/log/copy.ts";
import { columns, packRow } from "../packages/sluice/src/store/log/index.ts";
const nextId = createRequestIds(systemClock, systemRandom);
const ops = ["a","b","c","d","e","f"];
let n = 0;
const share = Number(process.argv[2] ?? 0.05);
function rowOf() { n++; const refused = Math.random() < share;
  return packRow({ requestId: nextId(), clientRequestId: undefined, api: "Bench", atMs: Date.now(), durationMs: 12.5, accountId: `acct_${n % 100}`, keyId: `key_0123456789abcde${n % 200}`, isOlderSecret: false, address: "203.0.113.7", operation: ops[n % 6]!, method: "GET", path: "/v1/items", status: refused ? 429 : 200, code: refused ? "rate_limit_exceeded" : undefined, condition: refused ? "rate_limited" : undefined, endedAt: "settle", ending: "done", window: "requests", windowLimit: 600, windowRemaining: 599, held: 1, charged: 1, creditsRemaining: 100, by: undefined, param: undefined, retryAfterMs: undefined, details: undefined, simulated: false, degraded: undefined } as never); }
const server = await startPostgres();
async function side(name: string, old: boolean, drop: string[]) {
  const pool = new pg.Pool({ ...server.createDatabase(), max: 4 }); pool.on("error", () => undefined);
  const database = new Database({ pool, statementMs: 60_000, clock: systemClock });
  await migrate(database, old ? migrations.slice(0, 2) : migrations);
  if (!old) await keepPartitions({ database, clock: systemClock, retentionMs: 30 * 86400e3 });
  else { await pool.query(`CREATE TABLE sluice.request_today PARTITION OF sluice.request FOR VALUES FROM (0) TO (1e15)`); }
  for (const d of drop) await pool.query(`DROP INDEX sluice.${d}`);
  const oldColumns = columns.slice(0, 23);
  const sink = new CopySink(database);
  return { name, pool, write: async (rows: any[]) => { if (!old) return void (await sink.write(rows)); const text = rows.map((r) => copyLine(r.slice(0, 23))).join(""); await database.transaction(async (ask, client) => { await ask("SET LOCAL synchronous_commit = off"); await copyIn(client, `COPY sluice.request (${oldColumns.join()}) FROM STDIN`, text); }); } };
}
const all = ["request_of_key","request_of_operation","request_of_code","request_of_condition","request_of_status","request_of_client","request_by_older_secret"];
const sides = [await side("before", true, []), await side("after", false, []), await side("no op", false, ["request_of_operation"]), await side("no key", false, ["request_of_key"]), await side("none", false, all)];
const rates: Record<string, number[]> = {};
for (let round = 0; round < 9; round++) for (const s of sides) {
  const chunks = Array.from({ length: 15 }, () => Array.from({ length: 1000 }, rowOf));
  const t = performance.now();
  for (const c of chunks) await s.write(c);
  (rates[s.name] ??= []).push(15000 / (performance.now() - t));
}
const med = (a: number[]) => [...a].sort((x, y) => x - y)[a.length >> 1]!;
for (const s of sides) console.log(s.name, med(rates[s.name]!).toFixed(1), "k rows/s", (med(rates[s.name]!) / med(rates["before"]!)).toFixed(2));
for (const s of sides) await s.pool.end();
await server.close();
