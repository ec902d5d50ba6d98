// What GitHub reports, read from a body that is known to be its own: a list of tokens, and where each was found.

export interface LeakReport {
  readonly token: string;
  /** The name of the pattern that found it, as it was told to GitHub. */
  readonly type: string;
  /** Where it was found; may be empty. */
  readonly url: string;
  /** In which part of GitHub. */
  readonly source: string;
}

export interface ReadReports {
  readonly reports: readonly LeakReport[];
  /** Members of the list that have no token. */
  readonly unreadable: number;
}

const tokenLengthMax = 1_000;
const typeLengthMax = 200;
const urlLengthMax = 2_000;
const sourcePattern = /^[A-Za-z_]{1,40}$/;

/** Undefined for what is no list. */
export function reportsIn(body: Uint8Array): ReadReports | undefined {
  let list: unknown;
  try {
    list = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  if (!Array.isArray(list)) return undefined;
  const reports = list.flatMap((one) => reportOf(one) ?? []);
  return { reports, unreadable: list.length - reports.length };
}

function reportOf(one: unknown): LeakReport | undefined {
  const { token, type, url, source } = Object(one) as Readonly<Record<string, unknown>>;
  if (typeof token !== "string" || token === "" || token.length > tokenLengthMax) return undefined;
  return {
    token,
    type: textOf(type).slice(0, typeLengthMax),
    url: textOf(url).trim().slice(0, urlLengthMax),
    source: sourcePattern.test(textOf(source)) ? textOf(source).toLowerCase() : "unknown",
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
