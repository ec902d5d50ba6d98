// The page at `/`: the same for browsers and for curl, readable in light and dark, and every line on it works.

import { execFile, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { type DemoProcess, startDemo } from "./demo-process.ts";

async function pageOf(demo: DemoProcess, accept: string) {
  const response = await fetch(demo.file.url, { headers: { Accept: accept } });
  return { headers: response.headers, text: await response.text() };
}

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const commandsIn = (text: string) => text.match(/^(?:curl|for) .*$/gm) ?? [];

function unescapeHtml(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

describe("the page at /", () => {
  test("is HTML for browsers, in light and dark, without a program", async () => {
    const { headers, text } = await pageOf(await startDemo(), browser);
    expect(headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(text).toContain("color-scheme: light dark");
    expect(text).toContain("prefers-color-scheme: dark");
    expect(text).not.toMatch(/<script|\son\w+=|https?:\/\/(?!127\.0\.0\.1)/);
  });

  test("is text for everything else, with the same lines", async () => {
    const demo = await startDemo();
    const plain = await pageOf(demo, "*/*");
    const html = await pageOf(demo, browser);
    expect(plain.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    const shown = [...html.text.matchAll(/<pre[^>]*><code>(.*?)<\/code>/g)];
    expect(shown.map(([, command = ""]) => unescapeHtml(command))).toEqual(commandsIn(plain.text));
    expect(plain.text).toContain(demo.path);
  });
});

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe.runIf(hasCurl)("each line on it", () => {
  test("works when pasted into a shell, and answers what it says", async () => {
    const demo = await startDemo();
    const { text } = await pageOf(demo, "*/*");
    const commands = commandsIn(text);
    const answers = text.match(/^# → .*$/gm) ?? [];
    expect(answers).toHaveLength(commands.length);
    for (const [index, command] of commands.entries()) {
      const output = await runInShell(command);
      const found = [...output.matchAll(/^(?:HTTP\/1\.1| +\d+) (\d{3})\b/gm)].map(([, s]) => s);
      const said = answers[index]?.match(/\b[2-5]\d\d\b/g) ?? [];
      expect(found.length, command).toBeGreaterThan(0);
      expect(said.slice(0, found.length), command).toEqual(found);
    }
  });
});

function runInShell(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("sh", ["-c", command], (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}
