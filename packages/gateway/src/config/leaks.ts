/** The section `leaks` of a configuration, made whole and held against the paths of everything else. */
import type { Complaints } from "sluice";
import { type PublicKey, publicKeysIn } from "../leaks/github-keys.ts";
import { type LeaksSettings, quarantineMsStandard } from "../leaks/settings.ts";
import type { ApiSettings } from "../settings.ts";
import type { LeaksConfig } from "./config.ts";
import type { Surroundings } from "./surroundings.ts";
import { takenBy } from "./taken-path.ts";
import { durationMs } from "./written.ts";

export function leaksFrom(
  leaks: LeaksConfig | undefined,
  apis: readonly ApiSettings[],
  around: Surroundings,
): LeaksSettings | undefined {
  if (leaks === undefined) return undefined;
  const { complaints } = around;
  const { path, onLeak, quarantine, githubKeys } = leaks;
  for (const api of apis) checkPath(path, api, complaints);
  if (quarantine !== undefined && onLeak !== "quarantine") {
    const advice = 'write onLeak: "quarantine", or leave it out';
    complaints.add("leaks.quarantine", `is of no use with onLeak: "${onLeak}"`, advice);
  }
  const pinnedKeys = githubKeys === undefined ? undefined : pinned(githubKeys, around);
  return {
    path,
    onLeak,
    quarantineMs: durationMs(quarantine) ?? quarantineMsStandard,
    ...(pinnedKeys && { pinnedKeys }),
  };
}

function checkPath(path: string, served: ApiSettings, complaints: Complaints): void {
  const taken = takenBy(path, served);
  if (taken !== undefined) complaints.add("leaks.path", taken, "choose another path");
}

/** A file that was fetched from where GitHub publishes them. */
function pinned(file: string, around: Surroundings): readonly PublicKey[] | undefined {
  const text = around.file("leaks.githubKeys", file);
  if (text === undefined) return undefined;
  const keys = publicKeysIn(text);
  if (typeof keys !== "string") return keys;
  around.complaints.add(
    "leaks.githubKeys",
    `${file} ${keys}`,
    `fetch it: curl https://api.github.com/meta/public_keys/secret_scanning > ${file}`,
  );
  return undefined;
}
