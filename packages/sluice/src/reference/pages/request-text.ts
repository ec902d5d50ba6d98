/** A request as one writes it: for a shell, on the wire, in TypeScript and in Python. Each runs as it stands. */
import type { EnvelopeRole } from "../model/envelope-members.ts";
import type { ExampleResponse } from "../model/example.ts";
import type { ExampleBody, ExampleRequest } from "../model/request.ts";
import { prettyJson } from "./markdown.ts";

/** Where an envelope has what a program reads. */
export type Places = Readonly<Partial<Record<EnvelopeRole, readonly (string | number)[]>>>;

export function curlText(request: ExampleRequest): string {
  const { method, body } = request;
  const url = request.origin + request.target;
  const isImplied = method === (body === undefined ? "GET" : "POST");
  const parts = [
    `curl -i ${isImplied ? "" : `-X ${method} `}${/[?&]/.test(url) ? `'${url}'` : url}`,
    ...headersOf(request, `$${request.keyVariable}`).map(
      ([name, value]) =>
        `-H ${value.includes("$") ? `"${name}: ${value}"` : shellText(`${name}: ${value}`)}`,
    ),
    ...(body === undefined
      ? []
      : [`${body.kind === "file" ? "--data-binary" : "-d"} ${curlBody(body)}`]),
  ];
  return parts.join(" \\\n  ");
}

function curlBody(body: ExampleBody): string {
  if (body.kind === "file") return `@${body.name}`;
  return shellText(body.kind === "text" ? body.text : JSON.stringify(body.value));
}

function shellText(text: string): string {
  return text.includes("'") ? `'${text.replaceAll("'", "'\\''")}'` : `'${text}'`;
}

export function httpText(request: ExampleRequest): string {
  const { body } = request;
  const head = [
    `${request.method} ${request.target} HTTP/1.1`,
    `Host: ${new URL(request.origin).host}`,
    ...headersOf(request, `<your key>`).map(([name, value]) => `${name}: ${value}`),
  ];
  if (body === undefined) return head.join("\n");
  if (body.kind !== "file") {
    return [...head, "", body.kind === "text" ? body.text : prettyJson(body.value)].join("\n");
  }
  return [...head, `Content-Length: ${body.bytes}`, "", "…"].join("\n");
}

export function answerText({ status, headers, body }: ExampleResponse, phrase: string): string {
  const lines = [`HTTP/1.1 ${status} ${phrase}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  return [...lines, "", prettyJson(JSON.parse(body))].join("\n");
}

export function typescriptText(request: ExampleRequest, places: Places): string {
  const { body } = request;
  const key = `\${process.env.${request.keyVariable}}`;
  const headers = headersOf(request, key).map(([name, value]) => {
    const member = /^[A-Za-z]+$/.test(name) ? name : JSON.stringify(name);
    return `    ${member}: ${value.includes("${") ? `\`${value}\`` : JSON.stringify(value)},`;
  });
  const options = [
    ...(request.method === "GET" ? [] : [`  method: "${request.method}",`]),
    ...(headers.length === 0 ? [] : ["  headers: {", ...headers, "  },"]),
    ...(body === undefined ? [] : [`  body: ${typescriptBody(body)},`]),
  ];
  const url = JSON.stringify(request.origin + request.target);
  const call =
    options.length === 0 ? `fetch(${url});` : `fetch(${url}, {\n${options.join("\n")}\n});`;
  return [
    ...(body?.kind === "file" ? ['import { readFile } from "node:fs/promises";', ""] : []),
    `const response = await ${call}`,
    "if (!response.ok) {",
    "  const body = await response.json();",
    `  console.error(response.status, ${inTypescript("code", places)}, ${inTypescript("message", places)});`,
    '  console.error("request id", response.headers.get("X-Request-Id"));',
    "}",
  ].join("\n");
}

function typescriptBody(body: ExampleBody): string {
  if (body.kind === "file") return `await readFile("${body.name}")`;
  if (body.kind === "text") return JSON.stringify(body.text);
  return `JSON.stringify(${literal(body.value, TYPESCRIPT, 1)})`;
}

/** `body.error.code` */
export function inTypescript(role: EnvelopeRole, places: Places): string {
  const path = places[role] ?? [];
  return `body${path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("")}`;
}

/** `body["error"]["code"]` */
export function inPython(role: EnvelopeRole, places: Places): string {
  return `body${(places[role] ?? []).map((part) => `[${JSON.stringify(part)}]`).join("")}`;
}

export function pythonText(request: ExampleRequest, places: Places): string {
  const { body } = request;
  const key = `{os.environ['${request.keyVariable}']}`;
  const headers = headersOf(request, key).map(
    ([name, value]) =>
      `        ${JSON.stringify(name)}: ${value.includes("{os.") ? "f" : ""}${JSON.stringify(value)},`,
  );
  const call = [
    `    ${JSON.stringify(request.origin + request.target)},`,
    ...(request.method === "GET" ? [] : [`    method="${request.method}",`]),
    ...(headers.length === 0 ? [] : ["    headers={", ...headers, "    },"]),
    ...(body === undefined ? [] : [`    data=${pythonBody(body)},`]),
  ];
  return [
    `import json, ${request.key.kind === "own" ? "os, " : ""}urllib.error, urllib.request`,
    "",
    "request = urllib.request.Request(",
    ...call,
    ")",
    "try:",
    "    urllib.request.urlopen(request)",
    "except urllib.error.HTTPError as failure:",
    "    body = json.load(failure)",
    `    print(failure.code, ${inPython("code", places)}, ${inPython("message", places)})`,
    '    print("request id", failure.headers["X-Request-Id"])',
  ].join("\n");
}

function pythonBody(body: ExampleBody): string {
  if (body.kind === "file") return `open("${body.name}", "rb").read()`;
  if (body.kind === "text") return `${JSON.stringify(body.text)}.encode()`;
  return `json.dumps(${literal(body.value, PYTHON, 1)}).encode()`;
}

interface Language {
  readonly indent: string;
  readonly words: Readonly<Record<string, string>>;
  name(member: string): string;
}

const TYPESCRIPT: Language = {
  indent: "  ",
  words: { true: "true", false: "false", null: "null" },
  name: (member) => (/^[A-Za-z_]\w*$/.test(member) ? member : JSON.stringify(member)),
};

const PYTHON: Language = {
  indent: "    ",
  words: { true: "True", false: "False", null: "None" },
  name: (member) => JSON.stringify(member),
};

const WIDTH = 72;

/** A value as source text: on one line where that fits. */
function literal(value: unknown, language: Language, depth: number): string {
  if (typeof value !== "object" || value === null) {
    const text = JSON.stringify(value);
    return language.words[text] ?? text;
  }
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((one) => literal(one, language, depth + 1))
    : Object.entries(value).map(
        ([name, one]) => `${language.name(name)}: ${literal(one, language, depth + 1)}`,
      );
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const pad = !isList && language === TYPESCRIPT && parts.length > 0 ? " " : "";
  const short = `${open}${pad}${parts.join(", ")}${pad}${close}`;
  if (short.length <= WIDTH && !short.includes("\n")) return short;
  const inner = language.indent.repeat(depth + 1);
  const lines = parts.map((part) => `${inner}${part},`).join("\n");
  return `${open}\n${lines}\n${language.indent.repeat(depth)}${close}`;
}

/** The key first; then what the body is; then the rest. */
function headersOf(request: ExampleRequest, own: string): readonly (readonly [string, string])[] {
  const { key, keyPlace, body } = request;
  const sent = key.kind === "text" ? key.text : own;
  const keyed =
    "bearer" in keyPlace
      ? (["Authorization", `Bearer ${sent}`] as const)
      : ([keyPlace.header, sent] as const);
  const type = body?.kind === "text" ? body.contentType : "application/json";
  return [
    ...(key.kind === "none" ? [] : [keyed]),
    ...(body === undefined ? [] : [["Content-Type", type] as const]),
    ...Object.entries(request.headers),
  ];
}
