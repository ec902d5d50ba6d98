// The page at `/`: the same for browsers and for curl, readable in light and dark, and every line on it works.

import { execFile, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { chaptersFor, type Example } from "../src/examples/index.ts";
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
    expect(text).not.toMatch(/<script|\son\w+=/);
    // Addresses are in what is there to be pasted, and nowhere else: the page loads nothing.
    expect(text.replaceAll(/<code>.*?<\/code>/gs, "")).not.toMatch(/https?:/);
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
/** The status in the head of an answer, alone on its line, or after its count. */
const statuses = /^(?:HTTP\/1\.1 | +\d+ |)(\d{3})(?= |\r?$)/gm;

describe.runIf(hasCurl)("each line on it", () => {
  test("works when pasted into a shell, and answers what it says", async () => {
    const demo = await startDemo();
    const { text } = await pageOf(demo, "*/*");
    const examples = chaptersFor(demo.file).flatMap((chapter) => chapter.examples);
    expect(commandsIn(text)).toEqual(examples.map(({ command }) => command));
    for (const example of examples) {
      const { answer, command } = example;
      expect(text).toContain(`# → ${answer}\n${command}\n`);
      const found = [...(await runInShell(example)).matchAll(statuses)].map(([, status]) => status);
      const said = answer.match(/\b[2-5]\d\d\b/g) ?? [];
      // A loop counts what it was answered: as often as it may, and then not.
      const answered = command.startsWith("for ") ? 2 : command.split("curl ").length - 1;
      expect(found.length, command).toBe(answered);
      expect(said.slice(0, found.length), command).toEqual(found);
    }
  }, 30_000);
});

/** What the line prints; of a slow one, what it prints until the first event. */
function runInShell({ command, isSlow }: Example): Promise<string> {
  return new Promise((resolve, reject) => {
    // A slow one is ended by its own id, so the shell must not stand in between.
    const line = isSlow ? `exec ${command}` : command;
    const shell = execFile("sh", ["-c", line], (error, stdout) =>
      error === null || shell.killed ? resolve(stdout) : reject(error),
    );
    let printed = "";
    shell.stdout?.on("data", (chunk) => {
      printed += String(chunk);
      if (isSlow && printed.includes("\nevent: ")) shell.kill();
    });
  });
}
