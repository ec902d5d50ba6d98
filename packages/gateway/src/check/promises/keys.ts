/** What an API must not tell of keys: whether one ever existed, and the key itself. */
import { type AnyApi, CONDITIONS, type Condition } from "sluice";
import { type Exchange, headerOf } from "../exchange.ts";
import { speltAs } from "../expected.ts";
import type { KeyRole } from "../need.ts";
import { type ApiPromise, type Fault, findingOf, notProvoked } from "../promise.ts";
import { withRole } from "../provocations.ts";
import { piecesOf } from "../redact.ts";
import { operationRequest, sendable } from "../requests.ts";
import type { Session } from "../session.ts";
import { isAnswered } from "./errors.ts";

/** What differs from one answer to the next, and tells nothing of the key. */
const OF_ONE_ANSWER =
  /^(?:date|x-request-id|x-client-request-id|connection|keep-alive|etag|x-ratelimit-.*|ratelimit.*|age|cf-ray|server-timing|x-response-time|x-amz.*|via|set-cookie|content-length)$/i;

const KEY_CONDITIONS = ["unknown_key", "revoked_key", "expired_key"] as const satisfies Condition[];

const ROLES: Readonly<Record<string, KeyRole>> = { revoked_key: "revoked", expired_key: "expired" };

export const keyPromises: readonly ApiPromise[] = [
  {
    id: "keys.alike",
    group: "Keys",
    says: "Keys that are refused for reasons which the contract spells alike cannot be told apart.",
    needs: [],
    isMade: (api) => alike(api).length > 1,
    probe: probeAlike,
  },
  {
    id: "keys.strangers",
    group: "Keys",
    says: "Any two keys that nobody has are answered with the same bytes.",
    needs: [],
    probe: probeStrangers,
  },
];

/** Seen in all answers of a run. */
export const notEchoed: ApiPromise = {
  id: "keys.not-echoed",
  group: "Keys",
  says: "No answer repeats a key, or a part of one that is of use.",
  needs: [],
  probe: probeEcho,
};

/** Those with the spelling of a key that does not exist. */
function alike({ wire }: AnyApi): readonly Condition[] {
  const spelt = (condition: Condition) =>
    speltAs(wire, { condition, operation: undefined, facts: {}, wordsKnown: true });
  const unknown = spelt("unknown_key");
  return KEY_CONDITIONS.filter((condition) => {
    const { code, template } = spelt(condition);
    return code === unknown.code && template === unknown.template;
  });
}

async function probeAlike(session: Session) {
  const { keys, api } = session.target;
  const given = alike(api).filter(
    (condition) => keys[ROLES[condition] ?? "main"] && ROLES[condition],
  );
  if (given.length === 0) {
    const roles = alike(api).flatMap((condition) => ROLES[condition] ?? []);
    return notProvoked(roles.map((role) => `--key ${role}=env:…`).join(" or "));
  }
  const operation = firstOperation(session);
  const unknown = await askAs(session, operation, session.strangersKey());
  const faults: Fault[] = [];
  for (const condition of given) {
    const role = ROLES[condition] ?? "revoked";
    const [first] = withRole(session, role, condition);
    const name = first?.expected.operation ?? operation;
    const same = name === operation ? unknown : await askAs(session, name, session.strangersKey());
    const other = await askAs(session, name, keys[role] ?? "");
    const means = CONDITIONS[condition].means;
    faults.push(
      ...differences(same, other, `what a key that does not exist is answered (${means})`),
    );
  }
  return findingOf(faults, given.length + 1);
}

async function probeStrangers(session: Session) {
  const operation = firstOperation(session);
  const one = await askAs(session, operation, session.strangersKey());
  const two = await askAs(session, operation, session.strangersKey());
  return findingOf(differences(one, two, "what another key that does not exist is answered"), 2);
}

function probeEcho({ target, exchanges, secrets }: Session) {
  const pieces = [...new Set(secrets.flatMap((secret) => piecesOf(secretOf(secret))))];
  const faults: Fault[] = [];
  const seen = exchanges.filter(isAnswered);
  for (const exchange of seen) {
    const text = `${exchange.answer.headers.join("\n")}\n${exchange.answer.body}`;
    if (pieces.some((piece) => text.includes(piece)))
      faults.push({ exchange, expected: "nothing of the key", found: "a key in the answer" });
  }
  return findingOf(faults, seen.length);

  /** The prefix is no secret. */
  function secretOf(secret: string): string {
    const prefix = Object.values(target.api.wire.key.prefixes).find((one) =>
      secret.startsWith(one),
    );
    return secret.slice(prefix?.length ?? 0);
  }
}

function firstOperation({ target: { api } }: Session): string {
  const names = Object.keys(api.wire.operations);
  return names.find((name) => api.wire.operations[name]?.method === "GET") ?? names[0] ?? "";
}

function askAs(session: Session, operation: string, key: string): Promise<Exchange> {
  return session.ask(sendable(operationRequest(session.target, operation), key));
}

function differences(same: Exchange, other: Exchange, expected: string): readonly Fault[] {
  const [left, right] = [same.answer, other.answer];
  const found =
    left === undefined || right === undefined
      ? "no answer"
      : left.status !== right.status
        ? `${right.status} in place of ${left.status}`
        : bare(same, left.body) !== bare(other, right.body)
          ? `another body than ${left.body.slice(0, 200)}`
          : headerDifference(left.headers, right.headers);
  return found === undefined ? [] : [{ exchange: other, expected, found }];

  function headerDifference(a: readonly string[], b: readonly string[]): string | undefined {
    const names = [...a, ...b].filter((_, index) => index % 2 === 0);
    for (const name of new Set(names.map((one) => one.toLowerCase()))) {
      if (OF_ONE_ANSWER.test(name) || left === undefined || right === undefined) continue;
      const [x, y] = [
        bare(same, headerOf(left, name) ?? "none"),
        bare(other, headerOf(right, name) ?? "none"),
      ];
      if (x !== y) return `the header ${name}: ${y} in place of ${x}`;
    }
    return undefined;
  }
}

/** A key that is repeated is another promise's matter. */
function bare({ request }: Exchange, text: string): string {
  const sent = request.headers["Authorization"]?.replace("Bearer ", "") ?? "";
  const values = [sent, ...Object.values(request.headers)].filter((value) => value.length > 12);
  return values.reduce((rest, value) => rest.replaceAll(value, ""), text);
}
