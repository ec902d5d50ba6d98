/**
 * Envelopes: how an API writes an error body. `encode` is what the gate sends; `decode` is the same page
 * read backwards, by the client.
 */

/** Everything that an envelope may write. */
export interface WireError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly type: string | undefined;
  readonly param: string | undefined;
  /** Address of the page about this code. */
  readonly helpUrl: string;
}

/** What can be read back from a body; an envelope leaves out what it does not carry. */
export interface DecodedError {
  readonly code: string;
  readonly message: string;
  readonly type?: string;
  readonly param?: string;
}

export interface Envelope {
  readonly name: string;
  readonly contentType: string;
  encode(error: WireError): unknown;
  /** The error in a parsed body, or undefined when the body is not this envelope. */
  decode(body: unknown): DecodedError | undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `{ error: { message, type, code, param } }`: all four always present, `param` null where none is to blame. */
export function nested(): Envelope {
  return {
    name: "nested",
    contentType: "application/json",
    encode: ({ message, type, code, param }) => ({
      error: { message, type: type ?? null, code, param: param ?? null },
    }),
    decode(body) {
      if (!isObject(body) || !isObject(body["error"])) return undefined;
      const { message, type, code, param } = body["error"];
      if (typeof code !== "string" || typeof message !== "string") return undefined;
      return {
        code,
        message,
        ...(typeof type === "string" && { type }),
        ...(typeof param === "string" && { param }),
      };
    },
  };
}

/** `{ error: "message", code: "CODE" }`. */
export function flat(): Envelope {
  return {
    name: "flat",
    contentType: "application/json",
    encode: ({ message, code }) => ({ error: message, code }),
    decode(body) {
      if (!isObject(body)) return undefined;
      const { error, code } = body;
      if (typeof error !== "string" || typeof code !== "string") return undefined;
      return { code, message: error };
    },
  };
}

/** RFC 9457 `application/problem+json`, with `code` and `param` as extension members. */
export function problem(): Envelope {
  return {
    name: "problem",
    contentType: "application/problem+json",
    encode: ({ helpUrl, type, status, message, code, param }) => ({
      type: helpUrl,
      title: type ?? code,
      status,
      detail: message,
      code,
      ...(param !== undefined && { param }),
    }),
    decode(body) {
      if (!isObject(body)) return undefined;
      const { code, detail, title, param } = body;
      if (typeof code !== "string" || typeof detail !== "string") return undefined;
      return {
        code,
        message: detail,
        ...(typeof title === "string" && title !== code && { type: title }),
        ...(typeof param === "string" && { param }),
      };
    },
  };
}

/** An envelope of one's own. `decode(encode(e))` must give back what `encode` wrote; `defineWire` checks it. */
export function customEnvelope(envelope: Envelope): Envelope {
  return envelope;
}
