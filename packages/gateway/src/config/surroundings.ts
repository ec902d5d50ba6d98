/** What stands around a configuration: files beside it and variables of the environment. Read once, and never printed. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { type Complaints, didYouMean, nearestName } from "sluice";
import type { SecretSource, UrlSource } from "./written.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const FILE_BYTES_MAX = 16 * 1_048_576;

export class Surroundings {
  readonly folder: string;
  readonly complaints: Complaints;
  readonly #environment: Environment;

  constructor(folder: string, environment: Environment, complaints: Complaints) {
    this.folder = folder;
    this.#environment = environment;
    this.complaints = complaints;
  }

  /** The same, of which somebody else hears what is wrong. */
  hearing(complaints: Complaints): Surroundings {
    return new Surroundings(this.folder, this.#environment, complaints);
  }

  path(file: string): string {
    return resolve(this.folder, file);
  }

  /** The text of a file; undefined, with a complaint, where it cannot be read. */
  file(at: string, file: string): string | undefined {
    const name = isAbsolute(file) ? relative(this.folder, file) : file;
    try {
      const text = readFileSync(this.path(file), "utf8");
      if (text.length <= FILE_BYTES_MAX) return text;
      this.complaints.add(at, `${name} is larger than 16 MiB`, "name another file");
    } catch (error) {
      const { code } = error as { code?: string };
      const what = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
      this.complaints.add(at, `${name} ${what}`, `it is looked for in ${this.folder}`);
    }
    return undefined;
  }

  isFolder(path: string): boolean {
    return statSync(this.path(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  /** A code's own page, if there is one. */
  page(folder: string, code: string): string | undefined {
    const file = this.path(join(folder, `${code}.md`));
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** The text of a secret, without blanks around it. */
  secret(at: string, source: SecretSource): string | undefined {
    if ("file" in source) return this.#whole(`${at}.file`, this.file(`${at}.file`, source.file));
    const value = this.#environment[source.env];
    if (value !== undefined) return this.#whole(`${at}.env`, value);
    const near = nearestName(source.env, Object.keys(this.#environment));
    const advice = near === undefined ? `set it: export ${source.env}=…` : didYouMean(near, [near]);
    this.complaints.add(`${at}.env`, `the environment has no ${source.env}`, advice);
    return undefined;
  }

  #whole(at: string, text: string | undefined): string | undefined {
    const value = text?.trim();
    if (value !== "") return value;
    this.complaints.add(at, "is empty", "give it a value");
    return undefined;
  }

  /** An address of one of the protocols; what is wrong with it is said without showing it, for it may hold a password. */
  url(at: string, source: UrlSource, protocols: readonly string[]): URL | undefined {
    const text = typeof source === "string" ? source : this.secret(at, source);
    if (text === undefined) return undefined;
    const schemes = protocols.map((protocol) => `${protocol}//`).join(" or ");
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && protocols.includes(url.protocol)) return url;
    const what = url === undefined ? "is no address" : `speaks ${url.protocol}//`;
    this.complaints.add(at, what, `write an absolute URL that begins with ${schemes}`);
    return undefined;
  }
}
