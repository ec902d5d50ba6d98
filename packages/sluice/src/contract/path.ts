/** Path patterns (`/brands/{brandId}`, `/files/{path*}`) and the match of a method and path to an operation. */

interface Segment {
  readonly text: string;
  readonly param: string | undefined;
  /** Whether it stands for all that follows, also for nothing. */
  readonly isRest: boolean;
}

export interface PathPattern {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly params: readonly string[];
}

const PARAM = /^\{([A-Za-z][A-Za-z0-9_]*)(\*?)\}$/;
const LITERAL = /^[A-Za-z0-9._~-]+$/;

/** Parses `/a/{b}/c` or `/a/{rest*}`; a string is the reason why it cannot be. */
export function parsePattern(text: string): PathPattern | string {
  if (!text.startsWith("/")) return "a path starts with /";
  const segments: Segment[] = [];
  if (text !== "/") {
    for (const part of text.slice(1).split("/")) {
      if (segments.at(-1)?.isRest) return "nothing can follow a {parameter*}";
      const [, param, star] = PARAM.exec(part) ?? [];
      if (param === undefined && !LITERAL.test(part)) {
        return `the segment "${part}" is neither a plain word nor a {parameter}`;
      }
      if (part === "." || part === "..") return "a path has no . or .. segments";
      segments.push({ text: part, param, isRest: star === "*" });
    }
  }
  const params = segments.flatMap((segment) => segment.param ?? []);
  if (new Set(params).size !== params.length) return "a parameter appears twice";
  return { text, segments, params };
}

/** Two patterns with the same shape match the same paths. */
export function shapeOf(pattern: PathPattern): string {
  return pattern.segments
    .map(({ text, param, isRest }) => (isRest ? "{*}" : param ? "{}" : text))
    .join("/");
}

export function fillPattern(pattern: PathPattern, raw: readonly string[]): string {
  let next = 0;
  const parts = pattern.segments.map((s) => (s.param ? (raw[next++] ?? "") : s.text));
  return `/${parts.join("/")}`;
}

export interface Route<Name extends string = string> {
  readonly operation: Name;
  readonly method: string;
  readonly pattern: PathPattern;
}

/** Of operations that were checked: what cannot be parsed is passed over. */
export function routesOf<Name extends string>(
  operations: Readonly<Record<Name, { readonly method: string; readonly path: string }>>,
): Route<Name>[] {
  return Object.entries<(typeof operations)[Name]>(operations).flatMap(
    ([name, { method, path }]) => {
      const pattern = parsePattern(path);
      return typeof pattern === "string" ? [] : [{ operation: name as Name, method, pattern }];
    },
  );
}

/** What a request's method and path come to. */
export type Matched<Name extends string = string> =
  | {
      readonly kind: "operation";
      readonly route: Route<Name>;
      readonly rawParams: readonly string[];
    }
  | { readonly kind: "wrong_method"; readonly allowed: readonly string[] }
  | { readonly kind: "nothing" };

interface Node<Name extends string> {
  readonly literal: Map<string, Node<Name>>;
  any: Node<Name> | undefined;
  rest: Node<Name> | undefined;
  readonly methods: Map<string, Route<Name>>;
}

function newNode<Name extends string>(): Node<Name> {
  return { literal: new Map(), any: undefined, rest: undefined, methods: new Map() };
}

const NOTHING: Matched<never> = { kind: "nothing" };
const NO_PARAMS: readonly string[] = [];
const SLASH = 0x2f;
/**
 * URL parsers drop, cut at or rewrite these, so gate and upstream would read different paths. None of them may
 * stand in a path as it is (RFC 3986 §3.3).
 */
const UNSAFE = /[^\x21-\x7e]|[\\#?"<>^`{}]/;
/** More than any API has; a longer path matches nothing and costs nothing. */
const PATH_LENGTH_MAX = 2_048;

/**
 * Finds the operation for a method and a raw path (as on the request line, after the base path). A literal
 * segment wins over a parameter, and a parameter over a rest. `HEAD` counts as `GET`. Dot segments, empty segments
 * and odd characters match nothing: an upstream that normalises them would see another path than the gate did.
 */
export class Router<Name extends string = string> {
  readonly #root = newNode<Name>();
  /** Paths without parameters, which most are, need no walk. */
  readonly #literal = new Map<string, Node<Name>>();
  readonly #hasRests: boolean;

  constructor(routes: readonly Route<Name>[]) {
    this.#hasRests = routes.some(({ pattern }) => pattern.segments.at(-1)?.isRest);
    for (const route of routes) {
      let node = this.#root;
      for (const segment of route.pattern.segments) node = this.#child(node, segment);
      node.methods.set(route.method, route);
      if (route.pattern.params.length === 0) this.#literal.set(route.pattern.text, node);
    }
  }

  #child(node: Node<Name>, segment: Segment): Node<Name> {
    if (segment.isRest) {
      node.rest ??= newNode();
      return node.rest;
    }
    if (segment.param) {
      node.any ??= newNode();
      return node.any;
    }
    const child = node.literal.get(segment.text) ?? newNode<Name>();
    node.literal.set(segment.text, child);
    return child;
  }

  match(method: string, path: string): Matched<Name> {
    const asked = method === "HEAD" ? "GET" : method;
    const literal = this.#literal.get(path);
    if (literal !== undefined && (!this.#hasRests || literal.methods.has(asked))) {
      return concluded(literal, asked, NO_PARAMS);
    }
    if (path.length > PATH_LENGTH_MAX || path.charCodeAt(0) !== SLASH) return NOTHING;
    if (UNSAFE.test(path)) return NOTHING;
    const parts = path.slice(1).split("/");
    const found = this.#walk(this.#root, parts, 0, [], undefined);
    if (found === undefined) return NOTHING;
    // Whoever declares a rest means everything that nothing else takes: other methods of a path, too.
    const isTaken = !this.#hasRests || found.node.methods.has(asked);
    const other = isTaken ? undefined : this.#walk(this.#root, parts, 0, [], asked);
    return concluded((other ?? found).node, asked, (other ?? found).params);
  }

  /** The narrowest node for a path: one with the method, where one is asked for. */
  #walk(
    node: Node<Name>,
    parts: readonly string[],
    index: number,
    params: readonly string[],
    method: string | undefined,
  ): Found<Name> | undefined {
    const part = parts[index];
    if (part === undefined && takes(node, method)) return { node, params };
    const literal = part && node.literal.get(part);
    const found = literal && this.#walk(literal, parts, index + 1, params, method);
    if (found) return found;
    const one = part && node.any !== undefined && !hidesDots(part) ? node.any : undefined;
    return (
      (one && this.#walk(one, parts, index + 1, [...params, part ?? ""], method)) ??
      restOf(node, parts.slice(index), params, method)
    );
  }
}

interface Found<Name extends string> {
  readonly node: Node<Name>;
  readonly params: readonly string[];
}

function takes({ methods }: Node<string>, method: string | undefined): boolean {
  return method === undefined ? methods.size > 0 : methods.has(method);
}

/** All that follows, as one parameter: no piece of it may be another path to somebody who decodes it. */
function restOf<Name extends string>(
  { rest: node }: Node<Name>,
  parts: readonly string[],
  params: readonly string[],
  method: string | undefined,
): Found<Name> | undefined {
  if (node === undefined || !takes(node, method)) return undefined;
  // A slash at the end is what many servers write behind a folder.
  const isClear = parts.every((part, index) =>
    part === "" ? index === parts.length - 1 : !ENCODED_SLASH.test(part) && !hidesDots(part),
  );
  return isClear ? { node, params: [...params, parts.join("/")] } : undefined;
}

function concluded<Name extends string>(
  node: Node<Name>,
  method: string,
  rawParams: readonly string[],
): Matched<Name> {
  const route = node.methods.get(method);
  if (route === undefined) return { kind: "wrong_method", allowed: allowedOf(node) };
  return { kind: "operation", route, rawParams };
}

function allowedOf(node: Node<string>): readonly string[] {
  const methods = [...node.methods.keys()];
  return methods.includes("GET") ? [...methods, "HEAD"] : methods;
}

const ENCODED_SLASH = /%(?:2f|5c)/i;
/** `.` and `..`, also percent-encoded, behind an encoded slash, or with the parameters that some servers cut off. */
const DOTS = /(?:^|%2f|%5c)(?:\.|%2e){1,2}(?:$|%2f|%5c|;|%3b)/i;

/** URL parsers resolve these, some of them only after decoding. */
function hidesDots(part: string): boolean {
  return DOTS.test(part);
}
