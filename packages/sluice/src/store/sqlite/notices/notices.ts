// What customers are told outside of answers: the port, whose work is done in the worker.

import type {
  Attempt,
  Incident,
  IncidentQuery,
  Notices,
  Prospect,
  Warning,
  WarningQuery,
  WarningRecord,
} from "../../../gate/stores.ts";
import type { Submit } from "../thread/commands.ts";

/** Every record that is answered is a copy of its own. */
export class SqliteNotices implements Notices {
  readonly #submit: Submit;

  constructor(submit: Submit) {
    this.#submit = submit;
  }

  raise(warning: Warning): Promise<boolean> {
    return this.#submit("raiseWarning", structuredClone(warning));
  }

  take(nowMs: number, untilMs: number, max: number): Promise<readonly WarningRecord[]> {
    return this.#submit("takeWarnings", nowMs, untilMs, max);
  }

  attempted(id: string, attempt: Attempt, next: Prospect): Promise<void> {
    return this.#submit("triedWarning", id, attempt, next);
  }

  warnings(query: WarningQuery): Promise<readonly WarningRecord[]> {
    return this.#submit("warnings", query);
  }

  putIncident(incident: Incident): Promise<void> {
    return this.#submit("putIncident", structuredClone(incident));
  }

  incident(id: string): Promise<Incident | undefined> {
    return this.#submit("incident", id);
  }

  incidents(query: IncidentQuery): Promise<readonly Incident[]> {
    return this.#submit("incidents", query);
  }
}
