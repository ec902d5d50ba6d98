// The real gitleaks: the one that is installed, else the one that Debian 13 has, fetched with apt into a folder that is kept.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hit } from "./leak-scanners.ts";

const home = join(tmpdir(), "sluice-gitleaks");
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const source = `deb [signed-by=${keyring}] http://deb.debian.org/debian trixie main\n`;

/** @throws with what to do where there is none */
export function gitleaksProgram(): string {
  if (spawnSync("gitleaks", ["version"]).status === 0) return "gitleaks";
  const program = join(home, "root/usr/bin/gitleaks");
  if (existsSync(program)) return program;
  try {
    fetchFromDebian();
  } catch (error) {
    throw new Error("There is no gitleaks: install it, so that it is on the PATH.", {
      cause: error,
    });
  }
  return program;
}

/** Nothing of the machine's own apt is read or changed. */
function fetchFromDebian(): void {
  for (const folder of ["lists/partial", "cache/archives/partial", "root"]) {
    mkdirSync(join(home, folder), { recursive: true });
  }
  writeFileSync(join(home, "sources.list"), source);
  writeFileSync(join(home, "status"), "");
  const settings = {
    "Dir::Etc::sourcelist": join(home, "sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State::lists": join(home, "lists"),
    "Dir::State::status": join(home, "status"),
    "Dir::Cache": join(home, "cache"),
    "APT::Sandbox::User": "",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  for (const words of [["update"], ["download", "gitleaks"]]) {
    execFileSync("apt-get", [...options, ...words], { cwd: home, stdio: "ignore" });
  }
  const archive = readdirSync(home).find((name) => name.endsWith(".deb")) ?? "";
  execFileSync("dpkg-deb", ["-x", archive, "root"], { cwd: home, stdio: "ignore" });
}

interface Finding {
  readonly RuleID: string;
  readonly Secret: string;
  readonly File: string;
}

/** What it finds in the files of a folder, by the rules of one file: by the names of the files, in the order in them. */
export function gitleaksFindings(
  folder: string,
  rules: string,
): Readonly<Record<string, readonly Hit[]>> {
  const report = `${rules}.report.json`;
  const words = ["detect", "--no-git", "--no-banner", "--exit-code", "0"];
  const places = ["--source", folder, "--config", rules, "--report-path", report];
  execFileSync(gitleaksProgram(), [...words, ...places], { stdio: "ignore" });
  const findings = JSON.parse(readFileSync(report, "utf8")) as readonly Finding[];
  const byFile: Record<string, Hit[]> = {};
  for (const { RuleID, Secret, File } of findings) {
    const name = File.slice(File.lastIndexOf("/") + 1);
    byFile[name] ??= [];
    byFile[name]?.push({ by: RuleID, secret: Secret });
  }
  return byFile;
}
