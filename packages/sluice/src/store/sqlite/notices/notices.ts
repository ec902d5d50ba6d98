// What customers are told outside of answers: the port, whose work is done in the worker; whoever lists waits for the reader.

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
import type { Queries } from "../thread/queries.ts";

/** Every record that is answered is a copy of its own. */
export class SqliteNotices implements Notices {
  readonly #submit: Submit;
  readonly #queries: Queries;

  constructor(submit: Submit, queries: Queries) {
    this.#submit = submit;
    this.#queries = queries;
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
    return this.#queries.ask("warnings", query);
  }

  putIncident(incident: Incident): Promise<void> {
    return this.#submit("putIncident", structuredClone(incident));
  }

  incident(id: string): Promise<Incident | undefined> {
    return this.#queries.ask("incident", id);
  }

  incidents(query: IncidentQuery): Promise<readonly Incident[]> {
    return this.#queries.ask("incidents", query);
  }
}
