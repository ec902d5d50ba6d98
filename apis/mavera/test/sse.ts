// A reader of server-sent events over `fetch`, as anybody writes one who has no SDK.

export interface ServerSentEvent {
  /** Undefined for events without a name. */
  readonly name: string | undefined;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: events have many shapes, which the tests spell out
  readonly data: any;
}

export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #buffer = "";

  constructor({ body }: Response) {
    if (body === null) throw new Error("expected an answer with a body");
    this.#reader = body.getReader();
  }

  /** Nothing at the end of the stream. */
  async next(): Promise<ServerSentEvent | undefined> {
    let end = this.#buffer.indexOf("\n\n");
    while (end < 0) {
      const { done, value } = await this.#reader.read();
      if (done) {
        if (this.#buffer !== "") throw new Error(`expected a whole event in ${this.#buffer}`);
        return undefined;
      }
      this.#buffer += this.#decoder.decode(value, { stream: true });
      end = this.#buffer.indexOf("\n\n");
    }
    const block = this.#buffer.slice(0, end);
    this.#buffer = this.#buffer.slice(end + 2);
    return eventIn(block);
  }

  async rest(): Promise<readonly ServerSentEvent[]> {
    const events: ServerSentEvent[] = [];
    for (let event = await this.next(); event !== undefined; event = await this.next()) {
      events.push(event);
    }
    return events;
  }
}

function eventIn(block: string): ServerSentEvent {
  let name: string | undefined;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice("event: ".length);
    else if (line.startsWith("data: ")) data.push(line.slice("data: ".length));
    else throw new Error(`expected a name or data, and nothing else, in ${block}`);
  }
  const text = data.join("\n");
  return { name, text, data: text === "[DONE]" ? undefined : JSON.parse(text) };
}
