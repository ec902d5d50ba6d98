// Server-sent events taken apart: the frames of a stream, each with its name, data and cost.

export interface Frame {
  readonly name: string | undefined;
  /** Parsed, but for the last frame's `[DONE]`. */
  readonly data: unknown;
  readonly cost: number | undefined;
}

const shape = /^(?:: sluice-cost (?<cost>\d+)\n)?(?:event: (?<name>\S+)\n)?data: (?<data>.+)$/;

/** Throws on anything but whole frames of the documented shape. */
export function framesIn(text: string): readonly Frame[] {
  const blocks = text.split("\n\n");
  if (blocks.pop() !== "") throw new Error(`The stream is cut: ${text.slice(-100)}`);
  return blocks.map((block) => {
    const { cost, name, data = "" } = shape.exec(block)?.groups ?? {};
    if (data === "") throw new Error(`No frame: ${block}`);
    return {
      name,
      data: data === "[DONE]" ? data : JSON.parse(data),
      cost: cost === undefined ? undefined : Number(cost),
    };
  });
}

/** A stream read by hand, a frame at a time. */
export class FrameReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(response: Response) {
    if (response.body === null) throw new Error("The answer has no body");
    this.#reader = response.body.getReader();
  }

  /** Nothing at the end. */
  async next(): Promise<Frame | undefined> {
    const { value } = await this.#reader.read();
    return value === undefined ? undefined : framesIn(new TextDecoder().decode(value))[0];
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** The members of a frame's data, by dotted path. */
export function memberOf(frame: Frame | undefined, path: string): unknown {
  let value: unknown = frame?.data;
  for (const name of path.split(".")) {
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  }
  return value;
}

/** The text that the pieces make. */
export function joined(frames: readonly Frame[], path: string): string {
  return frames.map((frame) => memberOf(frame, path) ?? "").join("");
}
