// The Python verifier says the same as the TypeScript one of every request, and its reports of jobs are taken.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVerifier } from "../../src/caller/verify.ts";
import { listenForJobEnds } from "./fixtures/job-ends.ts";
import { runPython } from "./fixtures/python.ts";
import { CALLER, NOW_MS, type Received, SECRET, signed } from "./fixtures/signed.ts";

const VERIFY = `
import json, sys
from sluice_verify import Refused, Verifier

for line in sys.stdin:
    case = json.loads(line)
    verifier = Verifier(case["secrets"], now=lambda: case["nowMs"] / 1000)
    said = verifier.verify(case["method"], case["url"], case["headers"])
    if isinstance(said, Refused):
        print(json.dumps({"reason": said.reason, "advice": said.advice}))
    else:
        print(json.dumps({"caller": said.caller, "requestId": said.request_id}))
`;

const REPORT = `
import json, sys
from sluice_verify import JobEndError, report_job_end

case = json.load(sys.stdin)
try:
    print(json.dumps(report_job_end(**case)))
except JobEndError as error:
    print(json.dumps({"status": error.status, "retryable": error.retryable}))
`;

interface Case extends Received {
  secrets: Record<string, string>;
  nowMs: number;
}

async function askBoth(cases: readonly Case[]): Promise<void> {
  const lines = cases.map((one) => JSON.stringify(one)).join("\n");
  const said = (await runPython(VERIFY, lines)).trimEnd().split("\n");
  expect(said).toHaveLength(cases.length);
  for (const [i, { secrets, nowMs, ...received }] of cases.entries()) {
    const ours = createVerifier({ secrets, nowMs: () => nowMs }).verify(received);
    expect(JSON.parse(said[i] ?? "")).toEqual(ours);
  }
}

const secrets = {
  main: SECRET.secret,
  next: "another secret, which is to take the place of the first",
};

describe("the Python verifier", () => {
  it("believes what the gateway signs, whatever names are made of", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 });
    const searches = fc.constantFrom("", "?", "?a=b", "?q=%C3%BC&q=?");
    const cases = fc
      .sample(fc.tuple(text, text, searches), 100)
      .map(([plan, operation, search]) => ({
        ...signed({ caller: { ...CALLER, plan }, operation, search }),
        secrets,
        nowMs: NOW_MS,
      }));
    await askBoth(cases);
  });

  it("refuses what the TypeScript verifier refuses, for the same reason", async () => {
    const cases: Case[] = [300_000, 300_001, -300_000, -300_001].map((shiftMs) => ({
      ...signed(),
      secrets,
      nowMs: NOW_MS + shiftMs,
    }));
    const stranger = { id: "stranger", secret: SECRET.secret };
    cases.push({ ...signed({}, stranger), secrets, nowMs: NOW_MS });
    for (const name of Object.keys(signed().headers)) {
      for (const change of [undefined, "", "x", `${signed().headers[name]} `]) {
        const { [name]: _dropped, ...rest } = signed().headers;
        const headers = change === undefined ? rest : { ...rest, [name]: change };
        cases.push({ ...signed(), headers, secrets, nowMs: NOW_MS });
      }
    }
    for (const url of ["/", "/v1/hello", "/v1/hello?a=b&a=%20#", "/v1/hell\u016f?a=b&a=%20", ""]) {
      cases.push({ ...signed(), url, secrets, nowMs: NOW_MS });
    }
    cases.push({ ...signed(), method: "GET", secrets, nowMs: NOW_MS });
    await askBoth(cases);
  });

  it("reports the end of a job in a form that the gateway takes", async () => {
    const gateway = await listenForJobEnds(Date.now);
    const { id, secret } = SECRET;
    const report = { gateway_url: `${gateway.url}/`, secret_id: id, secret, request_id: "req/1" };
    const said = await runPython(
      REPORT,
      JSON.stringify({ ...report, outcome: "completed", credits: 12 }),
    );
    expect(JSON.parse(said)).toEqual({ ended: "charged", credits: 12 });
    await runPython(REPORT, JSON.stringify({ ...report, outcome: "failed" }));
    expect(gateway.ends).toEqual([
      { path: "/jobs/req%2F1", fault: undefined, outcome: { outcome: "completed", credits: 12 } },
      { path: "/jobs/req%2F1", fault: undefined, outcome: { outcome: "failed" } },
    ]);
    const forged = { ...report, secret: `${secret}!`, outcome: "failed" };
    const refused = await runPython(REPORT, JSON.stringify(forged));
    expect(JSON.parse(refused)).toEqual({ status: 401, retryable: false });
  });
});
