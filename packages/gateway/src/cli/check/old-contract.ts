// An old contract: a file that --freeze wrote, a contract's own file, or either of them as a revision of git had it.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { type ContractSummary, isSummary, summaryOf } from "../../check/index.ts";
import { StartError } from "../../start-error.ts";
import { contractOf } from "../contract-of.ts";

/** More than any repository's sources. */
const ARCHIVE_BYTES_MAX = 256 * 1_048_576;

/** @throws StartError, ConfigError that say what to do */
export async function oldSummary(old: string): Promise<ContractSummary> {
  const [, revision, path] = /^git:([^:]+):(.+)$/.exec(old) ?? [];
  if (revision !== undefined && path !== undefined) return ofRevision(revision, path);
  return summaryIn(old);
}

async function summaryIn(file: string): Promise<ContractSummary> {
  if (!file.endsWith(".json")) return summaryOf(await contractOf(file));
  const text = readText(file);
  const value = parsed(text);
  if (isSummary(value)) return value;
  // A configuration can be JSON, too.
  if (value !== undefined && "contract" in Object(value)) return summaryOf(await contractOf(file));
  throw new StartError(`${file} is no contract that "sluice check <contract> --freeze" wrote.`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new StartError(
      `${file} cannot be read: name an old contract, or write one with "sluice check <contract> --freeze".`,
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The whole tree of that revision in a folder of its own, with the packages that are installed now. */
async function ofRevision(revision: string, path: string): Promise<ContractSummary> {
  const root = git(["rev-parse", "--show-toplevel"]).toString().trim();
  const inTree = relative(root, resolve(path));
  if (inTree.startsWith("..")) throw new StartError(`${path} is not in the repository ${root}.`);
  const folder = mkdtempSync(join(tmpdir(), "sluice-check-"));
  try {
    const archive = git(["archive", "--format=tar", revision], root);
    execFileSync("tar", ["-x", "-C", folder], { input: archive, maxBuffer: ARCHIVE_BYTES_MAX });
    linkPackages(root, folder, dirname(inTree));
    const file = join(folder, inTree);
    if (existsSync(file)) return await summaryIn(file);
    throw new StartError(`${revision} has no ${inTree}: name a path that it has.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Into each folder from the contract's up to the root, where the working tree has any. */
function linkPackages(root: string, folder: string, from: string): void {
  for (let at = from; ; at = dirname(at)) {
    const packages = join(root, at, "node_modules");
    if (existsSync(packages)) {
      mkdirSync(join(folder, at), { recursive: true });
      symlinkSync(packages, join(folder, at, "node_modules"));
    }
    if (at === ".") return;
  }
}

function git(args: readonly string[], cwd = process.cwd()): Buffer {
  try {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    return execFileSync("git", [...args], { cwd, maxBuffer: ARCHIVE_BYTES_MAX, stdio: [...stdio] });
  } catch (error) {
    const [line = ""] = String((error as { stderr?: unknown }).stderr ?? error).split("\n");
    throw new StartError(`git ${args.join(" ")} failed: ${line}`);
  }
}
