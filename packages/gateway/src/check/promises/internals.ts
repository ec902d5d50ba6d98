/** What no caller should read in an error: signs of the code, the machine and the database behind it. */

const SIGNS: readonly (readonly [what: string, sign: RegExp])[] = [
  ["a stack", /(?:^|\\n|\n|<br>|&nbsp;)\s*at (?:async )?[\w$.<>[\] ]+ ?\(?[^\s)]*:\d+:\d+/],
  ["a stack", /Traceback \(most recent call last\)|File \\?"[^"]+\.py\\?", line \d+/],
  ["a stack", /\bat (?:[a-z]\w*\.)+[A-Z]\w*\.\w+\(\w+\.java:\d+\)/],
  ["a stack", /goroutine \d+ \[|panic: |\.go:\d+/],
  [
    "a path of the machine",
    /(?:\/(?:usr|home|var|opt|srv|root|app|tmp|Users)\/|[A-Za-z]:\\\\?)[\w.-]+[\\/\w.-]*/,
  ],
  ["a path of the code", /node_modules\/|\b[\w/-]+\.(?:[cm]?[jt]s|py|rb|php|go|java|rs):\d+/],
  [
    "a query",
    /\bselect\b[^.]{1,200}\bfrom\b\s+\w+|\binsert into\s+\w+|\bupdate\s+\w+\s+set\b|\bdelete from\s+\w+/i,
  ],
  [
    "a database's error",
    /SQLITE_\w+|SQLSTATE|\bORA-\d{5}|duplicate key value violates|syntax error at or near/,
  ],
  ["a system's error", /\bE(?:CONNREFUSED|CONNRESET|NOENT|ACCES|TIMEDOUT|PIPE)\b/],
  [
    "an exception's class",
    /\b(?:Type|Reference|Range|Syntax|Eval|URI|Assertion|Key|Value|Attribute|Runtime|Postgres|Database|Invariant)Error\b|\b\w+Exception\b|Zod(?:Error)?\b/,
  ],
];

/** What an error shows, and where; what the caller sent itself is no secret. */
export function internalsIn(body: string, sent: string): string | undefined {
  const text = body.replaceAll(sent, "");
  for (const [what, sign] of SIGNS) {
    const [found] = sign.exec(text) ?? [];
    if (found !== undefined) return `${what}: ${found.trim().slice(0, 120)}`;
  }
  return undefined;
}
