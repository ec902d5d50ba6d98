// A certificate with its key, and a key of another, made by openssl in a folder of their own.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificates {
  readonly folder: string;
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

export function certificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "sluice-certificates-"));
  for (const name of ["", "other-"]) {
    const files = ["-keyout", `${name}key.pem`, "-out", `${name}cert.pem`];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const options = ["req", "-x509", ...kind, ...files, "-days", "30", "-subj", "/CN=localhost"];
    execFileSync("openssl", options, { cwd: folder, stdio: "pipe" });
  }
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    folder,
    cert: read("cert.pem"),
    key: read("key.pem"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
