/** One Python file that handles every refusal of an API: its tables, and the same logic for every API. */
import type { AnyApi, AnyWire } from "../../contract/index.ts";
import { literal } from "./literal.ts";
import { breaker } from "./source/breaker.ts";
import { call } from "./source/call.ts";
import { callables } from "./source/callables.ts";
import { client } from "./source/client.ts";
import { decide } from "./source/decide.ts";
import { events } from "./source/events.ts";
import { failure } from "./source/failure.ts";
import { handler } from "./source/handler.ts";
import { hints } from "./source/hints.ts";
import { forms, imports } from "./source/opening.ts";
import { overUrllib } from "./source/over-urllib.ts";
import { pacing } from "./source/pacing.ts";
import { raising } from "./source/raising.ts";
import { reading } from "./source/reading.ts";
import { redaction } from "./source/redaction.ts";
import { shapes } from "./source/shapes.ts";
import { classes, tables } from "./tables.ts";

/**
 * The text of a Python module (standard library only, Python 3.9 or later, typed) that does what the TypeScript client
 * does: parses, decides, retries, waits, stops, and raises a typed error that cannot hold the key.
 * @throws TypeError for an envelope that only its own code can read
 */
export function pythonHandler(api: AnyApi): string {
  const first = [opening(api.wire), imports, forms].map(trimmed).join("\n\n");
  const named = `\n\n#: For whoever catches the errors of several APIs.\n${errorName(api.wire)} = ApiError`;
  const contract = `${first}\n\n\n${tables(api)}`;
  const errors = `${trimmed(failure)}\n\n\n${classes(api)}${named}`;
  const read = [redaction, hints, reading, shapes, raising];
  const logic = [
    ...read,
    decide,
    breaker,
    pacing,
    call,
    handler,
    callables,
    client,
    events,
    overUrllib,
  ];
  return `${[contract, errors, ...logic].map(trimmed).join("\n\n\n")}\n`;
}

function trimmed(part: string): string {
  return part.trim();
}

/** What the file is for, and how it is used. */
function opening({ about, basePath, operations }: AnyWire): string {
  const title = about.title.replaceAll(/[\\"\s]+/g, " ").trim();
  const word = title.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
  const support = about.support?.replaceAll(/[^\w@.+-]/g, "") ?? "support";
  const all = Object.values(operations);
  const { method = "GET", path = "/" } =
    all.find((one) => one.method === "GET" && !one.path.includes("{")) ?? all[0] ?? {};
  return `"""Every refusal of the ${title} API, handled in one place. One file, the standard library only, Python 3.9 or later.

    client = Client(os.environ["${word}_API_KEY"], "https://api.example.com${basePath}")
    try:
        answer = client.call(${literal(method)}, ${literal(path)})
    except ApiError as error:
        log.error(json.dumps(error.to_log()))  # what ${support} asks for; never the key
        show(error.user_message)               # what your own users may read

Around another HTTP library:  Handler().handle(lambda: requests.post(...), method="POST", path="/...")
The parts by themselves:      parse(status, headers, body) and decide(failure, situation, random)
What is waited for and tried again, what is given up at once, and who must act, stands in CODES, by code.

Made from the API's contract by "sluice generate python": change it there, and make it anew.
"""`;
}

function errorName({ about }: AnyWire): string {
  const name = about.title.replaceAll(/[^A-Za-z0-9]+/g, "");
  return /^[A-Za-z]/.test(name) ? `${name}Error` : "ThisApiError";
}
