// What `sluice init` must know, as data: asked in a terminal, or taken from options, and checked the same way.

import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { isTokenPrefix } from "../../admin/apis-beside.ts";

export interface Wishes {
  readonly upstream: string;
  /** Empty for none: then every path passes, by method. */
  readonly openapi: string;
  readonly envelope: string;
  readonly prefix: string;
  readonly plan: string;
  readonly limit: string;
}

export interface Question {
  readonly name: keyof Wishes;
  readonly message: string;
  /** What is taken where nothing is said. */
  readonly otherwise: string;
  readonly choices?: readonly { readonly value: string; readonly hint: string }[];
  /** What is wrong with an answer; undefined if nothing is. */
  readonly fault: (answer: string) => string | undefined;
}

const LIMIT_MAX = 1_000_000;

/** @param folder where the configuration will be */
export function questionsFor(folder: string): readonly Question[] {
  return [
    {
      name: "upstream",
      message: "Where does your API listen?",
      otherwise: "http://127.0.0.1:9000",
      fault: (answer) =>
        isHttp(answer) ? undefined : "write it like http://127.0.0.1:9000, without a query",
    },
    {
      name: "openapi",
      message: "Its OpenAPI file, if it has one",
      otherwise: "",
      fault: (answer) =>
        answer === "" || isFile(resolve(folder, answer))
          ? undefined
          : `there is no such file in ${folder}; without one every path passes, by method`,
    },
    {
      name: "envelope",
      message: "How should an error body look?",
      otherwise: "nested",
      choices: [
        { value: "nested", hint: '{ "error": { "message", "type", "code", "param" } }' },
        { value: "flat", hint: '{ "error", "code" }' },
        { value: "problem", hint: "application/problem+json (RFC 9457)" },
      ],
      fault: (answer) =>
        ["nested", "flat", "problem"].includes(answer) ? undefined : "use nested, flat or problem",
    },
    {
      name: "prefix",
      message: "What should its keys start with?",
      otherwise: prefixFrom(basename(folder)),
      fault: (answer) => {
        if (!/^[a-z][a-z0-9_]{1,18}_$/.test(answer)) {
          return "use 3 to 20 small letters, digits and _, with a letter first and _ last, like acme_live_";
        }
        return isTokenPrefix(answer) ? "use another: tokens of operators begin so" : undefined;
      },
    },
    {
      name: "plan",
      message: "What is its first plan called?",
      otherwise: "free",
      fault: (answer) =>
        /^[a-z][a-z0-9_-]{0,31}$/.test(answer)
          ? undefined
          : "use small letters, digits, - and _, with a letter first",
    },
    {
      name: "limit",
      message: "How many requests a minute may a key make?",
      otherwise: "60",
      fault: (answer) =>
        /^[1-9]\d{0,6}$/.test(answer) && Number(answer) <= LIMIT_MAX
          ? undefined
          : `give a whole number from 1 to ${LIMIT_MAX}`,
    },
  ];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isHttp(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username + url.password + url.search + url.hash === "";
}

function prefixFrom(folder: string): string {
  const word = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "")
    .replace(/^\d+/, "")
    .slice(0, 10);
  const prefix = `${word}_live_`;
  return word.length > 1 && !isTokenPrefix(prefix) ? prefix : "my_live_";
}
