// What a process and all its descendants have used, read from /proc: CPU time and memory. A server
// may start children (a cluster, a database); leaving them out would flatter it.

import { readdirSync, readFileSync } from "node:fs";

/** USER_HZ, the unit of the times in /proc/<pid>/stat; 100 on every Linux that runs Node. */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** The pid and all its living descendants, parents first. */
export function treeOf(root: number): number[] {
  return statsOf(root).map((stat) => stat.pid);
}

/** User and system time of the tree so far, with that of children already reaped. */
export function cpuSecondsOf(root: number): number {
  return statsOf(root).reduce((sum, stat) => sum + stat.ticks, 0) / TICKS_PER_SECOND;
}

/** User and system time of the process's first thread alone: in Node, the one that serves. */
export function mainThreadSecondsOf(pid: number): number {
  return (readStat(pid, `${pid}/task/${pid}`)?.ticks ?? Number.NaN) / TICKS_PER_SECOND;
}

/** Resident memory of the tree in bytes; pages that its processes share count in each. */
export function residentBytesOf(root: number): number {
  return treeOf(root).reduce((sum, pid) => {
    const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readProc(pid, "status") ?? "")?.[1];
    return sum + Number(kilobytes ?? 0) * 1024;
  }, 0);
}

function statsOf(root: number): Stat[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const tree = all.filter((stat) => stat.pid === root);
  // The array grows while it is walked: each member brings its children.
  for (const member of tree) tree.push(...all.filter((stat) => stat.parent === member.pid));
  return tree;
}

function readStat(pid: number, folder = String(pid)): Stat | undefined {
  const line = readProc(folder, "stat");
  if (line === undefined) return undefined;
  // The second field is the command in parentheses and may hold anything; count from its end.
  const fields = line
    .slice(line.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [, parent = 0] = fields;
  const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15);
  return { pid, parent, ticks: user + system + reapedUser + reapedSystem };
}

/** Undefined when the process has gone in the meantime. */
function readProc(folder: string | number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${folder}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
