/** OpenAPI files: read once each, YAML or JSON, with the line of every place. References lead to files, never to the network. */
import { basename, dirname, relative, resolve } from "node:path";
import { at } from "sluice";
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { isObject } from "../schema/json-schema.ts";
import type { Surroundings } from "../surroundings.ts";

export type Path = readonly string[];

/** A value in a file, and where it stands. */
export interface Found {
  readonly file: string;
  readonly path: Path;
  readonly value: unknown;
}

interface Read {
  readonly value: unknown;
  readonly document: Document;
  readonly lines: LineCounter;
}

const FILES_MAX = 100;
const HOPS_MAX = 32;
/** Aliases that YAML may unfold: a small file must not become a large one. */
const ALIASES_MAX = 1_000;

export class Documents {
  readonly #around: Surroundings;
  readonly #root: string;
  readonly #read = new Map<string, Read | undefined>();

  constructor(file: string, around: Surroundings) {
    this.#around = around;
    this.#root = around.path(file);
  }

  root(): Found | undefined {
    const read = this.#open(this.#root, "contract.openapi");
    return read && { file: this.#root, path: [], value: read.value };
  }

  /** `openapi.yaml:14 paths./pets.get`, with which complaints begin. */
  place({ file, path }: Pick<Found, "file" | "path">): string {
    const read = this.#read.get(file);
    const node = path.length === 0 || read === undefined ? undefined : nodeAt(read.document, path);
    const start = node?.range?.[0];
    const line = start === undefined ? undefined : read?.lines.linePos(start).line;
    const name = relative(dirname(this.#root), file) || basename(file);
    return `${name}${line === undefined ? "" : `:${line}`} ${path.join(".")}`.trim();
  }

  /** Once for each place, however many ways lead to it. */
  complain(found: Pick<Found, "file" | "path">, what: string, advice: string): void {
    const place = this.place(found);
    const { complaints } = this.#around;
    if (complaints.list.some((one) => one.at === place && one.what === what)) return;
    complaints.add(place, what, advice);
  }

  /** A part of what was found. */
  within({ file, path, value }: Found, ...keys: Path): Found {
    const inner = keys.reduce<unknown>(
      (here, key) =>
        typeof here === "object" && here !== null ? Reflect.get(here, key) : undefined,
      value,
    );
    return { file, path: [...path, ...keys], value: inner };
  }

  /** What a value is, through references; undefined, with a complaint, where one leads nowhere. */
  followed(found: Found): Found | undefined {
    let here: Found | undefined = found;
    for (let hop = 0; hop < HOPS_MAX && here !== undefined; hop++) {
      const reference: unknown = isObject(here.value) ? here.value["$ref"] : undefined;
      if (typeof reference !== "string") return here;
      here = this.target(here, reference);
    }
    if (here !== undefined) this.complain(found, "refers to itself", "break the circle");
    return undefined;
  }

  /** Where a reference leads (RFC 6901 §6). */
  target(from: Found, reference: string): Found | undefined {
    const [address = "", fragment = ""] = reference.split("#");
    const place = { file: from.file, path: [...from.path, "$ref"] };
    if (/^[a-z][a-z0-9+.-]*:/i.test(address)) {
      this.complain(
        place,
        `"${reference}" leads out of these files`,
        "put the part into a file beside",
      );
      return undefined;
    }
    const file = address === "" ? from.file : resolve(dirname(from.file), decoded(address));
    const read = this.#open(file, this.place(place));
    if (read === undefined) return undefined;
    const pointer = decoded(fragment);
    const value = pointer === "" ? read.value : at(read.value, pointer);
    if (value !== undefined && (pointer === "" || pointer.startsWith("/"))) {
      return { file, path: pathOf(pointer), value };
    }
    this.complain(
      place,
      `"${reference}" leads nowhere`,
      "write it like #/components/schemas/Brand",
    );
    return undefined;
  }

  #open(file: string, asked: string): Read | undefined {
    if (!this.#read.has(file)) {
      if (this.#read.size >= FILES_MAX) {
        this.#around.complaints.add(asked, `more than ${FILES_MAX} files`, "put them together");
        return undefined;
      }
      this.#read.set(file, this.#parse(file, asked));
    }
    return this.#read.get(file);
  }

  #parse(file: string, asked: string): Read | undefined {
    const text = this.#around.file(asked, file);
    if (text === undefined) return undefined;
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      const place = `${this.place({ file, path: [] })}:${line}:${col}`;
      this.#around.complaints.add(place, error.message, "mend the YAML");
      return undefined;
    }
    try {
      return { value: document.toJS({ maxAliasCount: ALIASES_MAX }), document, lines };
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.#around.complaints.add(this.place({ file, path: [] }), what, "use fewer aliases");
      return undefined;
    }
  }
}

/** The narrowest key or item on the way that is written in this file. */
function nodeAt(document: Document, path: Path): { range?: readonly number[] | null } | undefined {
  let here: unknown = document.contents;
  let last: { range?: readonly number[] | null } | undefined;
  for (const key of path) {
    if (isMap(here)) {
      const pair = here.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
      if (isNode(pair?.key)) last = pair.key;
      here = pair?.value;
    } else {
      here = isSeq(here) ? here.items[Number(key)] : undefined;
      if (isNode(here)) last = here;
    }
  }
  return last;
}

function pathOf(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
