// The gate's log, watched: tests wait for the row of a request instead of guessing when it has ended.

import type { LogRow, RequestLog } from "sluice/gate";

export class LogWatch {
  readonly #rows = new Map<string, PromiseWithResolvers<LogRow>>();

  /** The row of a request, as soon as the gate is done with it. */
  row(requestId: string): Promise<LogRow> {
    return this.#place(requestId).promise;
  }

  watched<L extends RequestLog>(log: L): L {
    return new Proxy(log, {
      get: (target, property) => {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== "function") return member;
        return (...parameters: unknown[]) => {
          const answer: unknown = Reflect.apply(member, target, parameters);
          if (property === "append") this.#note(parameters[0] as LogRow);
          return answer;
        };
      },
    });
  }

  #note(row: LogRow): void {
    this.#place(row.requestId).resolve(row);
  }

  #place(requestId: string): PromiseWithResolvers<LogRow> {
    const place = this.#rows.get(requestId) ?? Promise.withResolvers<LogRow>();
    this.#rows.set(requestId, place);
    return place;
  }
}
