// The page as it is answered: read and made at most every half minute, once for however many ask, and told on from memory while a
// store is down.

import type { AnyApi } from "sluice";
import type { Clock } from "sluice/base";
import type { Answer, Call, Notices, RequestLog } from "sluice/gate";
import { notAllowed, pathOf } from "../internal/json-answer.ts";
import type { AnswerPage } from "../pages/pages.ts";
import { answerWith, type ServedFile, servedFile } from "../pages/served-file.ts";
import { styleSheet } from "../pages/style-sheet.ts";
import { statusAtom } from "./atom.ts";
import { STATUS_POLICY, statusHtml } from "./html.ts";
import { readIncidents } from "./incidents.ts";
import { statusJson } from "./json.ts";
import { LastKnown } from "./last-known.ts";
import { readNumbers, shownApis } from "./numbers.ts";
import { type Report, reportOf, type Scope } from "./report.ts";
import type { StatusSettings } from "./settings.ts";

export interface StatusParts {
  readonly settings: StatusSettings;
  readonly apis: readonly AnyApi[];
  readonly stores: {
    readonly log: Pick<RequestLog, "days" | "find">;
    readonly notices: Pick<Notices, "incidents">;
  };
  readonly clock: Clock;
  /** Told once when what the page tells cannot be read, and once when it can again. */
  readonly tell: (what: string, error?: unknown) => void;
}

/** How long a page holds; one that could not be made anew is tried again sooner. */
const KEPT_MS = 30_000;
const STALE_KEPT_MS = 5_000;
/** Nobody waits longer for a store. */
const DEADLINE_MS = 3_000;

export function createStatusPage(parts: StatusParts): AnswerPage {
  const page = new StatusPage(parts);
  return (call) => page.answer(call);
}

class StatusPage {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #findings: () => Promise<Report>;
  readonly #style: Promise<ServedFile>;
  #made: Made | undefined;
  #making: Promise<Made> | undefined;

  constructor({ settings, apis, stores, clock, tell }: StatusParts) {
    const { path, title } = settings;
    this.#name = path.slice(path.lastIndexOf("/") + 1);
    this.#clock = clock;
    const hidden = new Set(settings.hidden);
    const scope: Scope = { title, hidden, apis: shownApis(apis, hidden) };
    const lastKnown = <Value>(what: string, read: () => Promise<Value>) => {
      const onTrouble = (error: Error | undefined) =>
        error === undefined
          ? tell(`The status page has its ${what} again`)
          : tell(`The status page cannot read its ${what}, and tells what it knew`, error);
      return new LastKnown({ read, clock, deadlineMs: DEADLINE_MS, onTrouble });
    };
    const numbers = lastKnown("numbers", () => readNumbers(stores.log, scope.apis, clock.wallMs()));
    const incidents = lastKnown("incidents", () => readIncidents(stores.notices, clock.wallMs()));
    this.#findings = async () => {
      const [known, told] = await Promise.all([numbers.look(), incidents.look()]);
      return reportOf(scope, { numbers: known, incidents: told }, clock.wallMs());
    };
    this.#style = servedFile("status.css", styleSheet("page", "status"));
  }

  async answer(call: Call): Promise<Answer> {
    if (call.method !== "GET" && call.method !== "HEAD") return notAllowed("GET, HEAD");
    const path = pathOf(call);
    const policy = STATUS_POLICY;
    const last = path.slice(path.lastIndexOf("/") + 1);
    // Relative, so that it holds behind a proxy that adds a path of its own.
    if (last === "") return { status: 302, headers: ["Location", `../${this.#name}`], body: "" };
    const kind = last.slice(this.#name.length);
    if (kind === ".css") {
      return answerWith(await this.#style, call, { policy, cacheControl: "public, max-age=300" });
    }
    const made = await this.#fresh();
    const seconds = Math.ceil(made.keptMs / 1_000);
    return answerWith(await made.file(kind), call, {
      policy,
      cacheControl: `public, max-age=${seconds}`,
    });
  }

  #fresh(): Promise<Made> {
    const made = this.#made;
    if (made !== undefined && this.#clock.monotonicMs() < made.untilMs)
      return Promise.resolve(made);
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #make(): Promise<Made> {
    const report = await this.#findings();
    const keptMs = report.isStale ? STALE_KEPT_MS : KEPT_MS;
    this.#made = new Made(report, this.#name, this.#clock.monotonicMs() + keptMs, keptMs);
    return this.#made;
  }
}

/** A report in all its forms, each made when it is first asked for. */
class Made {
  readonly keptMs: number;
  readonly untilMs: number;
  readonly #report: Report;
  readonly #name: string;
  readonly #files = new Map<string, Promise<ServedFile>>();

  constructor(report: Report, name: string, untilMs: number, keptMs: number) {
    this.#report = report;
    this.#name = name;
    this.untilMs = untilMs;
    this.keptMs = keptMs;
  }

  /** @param kind what follows the page's name: `.json`, `.atom`, or nothing. */
  file(kind: string): Promise<ServedFile> {
    const known = this.#files.get(kind);
    if (known !== undefined) return known;
    const file = servedFile(kind === "" ? "status.html" : `status${kind}`, this.#text(kind));
    this.#files.set(kind, file);
    return file;
  }

  #text(kind: string): string {
    if (kind === ".json") return statusJson(this.#report);
    if (kind === ".atom") return statusAtom(this.#report, this.#name);
    return statusHtml(this.#report, this.#name);
  }
}
