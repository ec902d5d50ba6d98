// A past for the status page: two months of requests that never were and an incident that never was, which say so. They go
// the way of every row, through the log, which adds them up by day. Nobody is charged for them, and none is of an account.

import { DAY_MS, dayOf, HOUR_MS, seededRandom } from "sluice/base";
import type { Incident, LogRow } from "sluice/gate";
import type { Demo } from "../demo.ts";

/** Where an account or a key would stand: `sluice log` shows it. */
const MADE_UP = "made_up";
const DAYS = 60;
/** So many days ago the incident was. */
const INCIDENT_DAYS_AGO = 19;

interface Busy {
  readonly operation: string;
  readonly requestsADay: number;
  /** What half of them take, and some of them several times. */
  readonly usualMs: number;
}

const busy = {
  mavera: [
    { operation: "createResponse", requestsADay: 14, usualMs: 640 },
    { operation: "createChatCompletion", requestsADay: 9, usualMs: 820 },
    { operation: "listPersonas", requestsADay: 6, usualMs: 6 },
    { operation: "getUsage", requestsADay: 3, usualMs: 3 },
  ],
  mentova: [
    { operation: "listBrands", requestsADay: 9, usualMs: 5 },
    { operation: "getVisibility", requestsADay: 7, usualMs: 30 },
    { operation: "launchCampaign", requestsADay: 3, usualMs: 180 },
  ],
} as const satisfies Readonly<Record<"mavera" | "mentova", readonly Busy[]>>;

/** Once for these stores: the incident says that it was done. */
export async function seedPast({ stores, gateway, ...apis }: Demo): Promise<void> {
  const { log, notices } = gateway.stores;
  if ((await notices.incident(MADE_UP)) !== undefined) return;
  const todayMs = dayOf(apis.mavera.gate.clock.wallMs());
  for (const name of ["mavera", "mentova"] as const) {
    const { wire } = apis[name].gate.api;
    for (const [index, one] of busy[name].entries()) {
      const operation = wire.operations[one.operation];
      if (operation === undefined) throw new Error(`${name} has no operation ${one.operation}`);
      const { method, path } = operation;
      const of = { api: wire.about.title, method, path: wire.basePath + path };
      const series = (name === "mavera" ? 0 : 100) + index;
      for (const row of rowsOf(one, of, { todayMs, series })) log.append(row);
    }
  }
  await notices.putIncident(incidentOf(todayMs, apis.mavera.gate.api.wire.about.title));
}

/** @param series makes its ids and its chance, so that demos which start at once make the same rows. */
function* rowsOf(
  { operation, requestsADay, usualMs }: Busy,
  of: Pick<LogRow, "api" | "method" | "path">,
  { todayMs, series }: { readonly todayMs: number; readonly series: number },
): Generator<LogRow> {
  const random = seededRandom(series);
  for (let ago = DAYS; ago > 0; ago--) {
    for (let n = 0; n < requestsADay; n++) {
      const atMs = todayMs - ago * DAY_MS + random.integer(DAY_MS);
      const fails = failsOn(ago, operation) && n % 3 === 0;
      const durationMs = Math.round(usualMs * (0.5 + 3 * random.float() ** 3));
      const requestId = idOf(atMs, (series * DAYS + ago) * 100 + n);
      yield {
        ...{ requestId, operation, ...of, atMs, durationMs, ...(fails ? failed : done) },
        ...{ accountId: MADE_UP, keyId: MADE_UP, address: "192.0.2.1", isOlderSecret: false },
        ...{ clientRequestId: undefined, window: undefined, windowLimit: undefined },
        ...{ windowRemaining: undefined, held: 0, charged: 0, creditsRemaining: undefined },
        ...{ by: undefined, param: undefined, retryAfterMs: undefined, details: undefined },
        ...{ simulated: false, degraded: undefined },
      };
    }
  }
}

function failsOn(daysAgo: number, operation: string): boolean {
  return daysAgo === INCIDENT_DAYS_AGO && operation === "createChatCompletion";
}

type Ended = Pick<LogRow, "status" | "code" | "condition" | "endedAt" | "ending">;

const done: Ended = {
  ...{ status: 200, code: undefined, condition: undefined },
  endedAt: "respond",
  ending: "done",
};

const failed: Ended = {
  ...{ status: 503, code: "service_unavailable", condition: "unavailable" },
  endedAt: "run",
  ending: "refused",
};

/** A request's own kind of id (UUIDv7), of its time and number. */
function idOf(atMs: number, number: number): string {
  const time = atMs.toString(16).padStart(12, "0");
  const tail = number.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`;
}

function incidentOf(todayMs: number, api: string): Incident {
  const startedAtMs = todayMs - INCIDENT_DAYS_AGO * DAY_MS + 9 * HOUR_MS;
  const endedAtMs = startedAtMs + 3 * HOUR_MS;
  return {
    id: MADE_UP,
    title: "Chat completions fail",
    impact: "outage",
    api,
    operations: ["createChatCompletion"],
    ...{ startedAtMs, endedAtMs },
    updates: [
      { atMs: startedAtMs, text: "One chat completion of three fails. We are looking." },
      {
        atMs: startedAtMs + HOUR_MS,
        text: "The model servers ran out of memory. More are starting.",
      },
      {
        atMs: endedAtMs,
        text:
          "All is well again; calls that failed were not charged. (This is a demo: the incident, and the requests of the days " +
          "before its first start, are made up, so that there is something to see.)",
      },
    ],
  };
}
