/** Reading a JSON body within bounds: type, encoding, bytes, UTF-8, depth, and only then the parser. */
import { type Awaitable, andThen } from "../../base/index.ts";
import { type Refusal, refuse } from "../../contract/index.ts";
import type { BodyRead, Call } from "../call.ts";

export interface JsonBody {
  readonly value: unknown;
  readonly bytes: Uint8Array;
}

/** Deeper than any API's input, shallower than what makes validators recurse too far. */
const DEPTH_MAX = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function readJsonBody(call: Call, bytesMax: number): Awaitable<JsonBody | Refusal> {
  if (!isJson(call.header("content-type")) || !isPlain(call.header("content-encoding"))) {
    return refuse("unsupported_media_type");
  }
  const declared = Number(call.header("content-length") ?? 0);
  if (declared > bytesMax) return refuse("body_too_large", { limit: bytesMax });
  return andThen(call.readBody(bytesMax), (read) => decode(read, bytesMax));
}

/** No type at all is taken for JSON: curl users forget it, and nothing else is accepted anyway. */
function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined || contentType === "") return true;
  if (contentType === "application/json") return true;
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  if (!/^application\/(?:[a-z0-9.+-]+\+)?json$/.test(type.trim())) return false;
  const charset = parameters.map((p) => p.trim()).find((p) => p.startsWith("charset="));
  return charset === undefined || /^charset="?(?:utf-8|us-ascii)"?$/.test(charset);
}

function isPlain(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === "" || encoding.toLowerCase() === "identity";
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decode(read: BodyRead, bytesMax: number): JsonBody | Refusal {
  if (read.kind === "too_large") return refuse("body_too_large", { limit: bytesMax });
  // Nobody will see this answer: the caller has gone.
  if (read.kind === "aborted") return refuse("malformed_body");
  const { bytes } = read;
  if (!isShallow(bytes)) return refuse("malformed_body", { by: "depth" });
  try {
    return { value: JSON.parse(utf8.decode(bytes)), bytes };
  } catch {
    return refuse("malformed_body");
  }
}

/** Whether brackets nest no deeper than the bound; quoted ones do not count. */
function isShallow(bytes: Uint8Array): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (quoted) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > DEPTH_MAX) return false;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return true;
}
