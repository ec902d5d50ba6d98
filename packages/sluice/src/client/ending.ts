/** How a stream ends: whoever takes its beginning for the whole does not know that something is missing. */
import {
  type Completion,
  ERROR_EVENT,
  EVENT_BYTES_MAX,
  EventSplitter,
  isCompletion,
  type StreamEvent,
} from "../contract/index.ts";

export class Ending {
  readonly #completion: Completion | undefined;
  readonly #splitter = new EventSplitter(EVENT_BYTES_MAX);
  /** Whether nothing is missing, as far as anybody can know; after an error nothing more comes. */
  isReached: boolean;

  /** @param completion the last event, where a contract says. */
  constructor(completion: Completion | undefined) {
    this.#completion = completion;
    this.isReached = completion === undefined;
  }

  /** The events that are whole with this piece. */
  read(piece: Uint8Array): readonly StreamEvent[] {
    const events = this.#splitter.push(piece);
    for (const event of events) {
      const isLast = this.#completion !== undefined && isCompletion(this.#completion, event);
      this.isReached ||= isLast || event.name === ERROR_EVENT;
    }
    return events;
  }
}

/** As a connection that breaks off. */
export function endedEarly(): Error {
  return new Error("terminated: the stream ended without its last event");
}
