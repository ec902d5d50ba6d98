/** Whether one value has its shape: texts, numbers, durations, sizes, JSON. */
import { isDeepStrictEqual } from "node:util";
import type { Complaints } from "sluice";
import { durationMs, durationText, sizeBytes, sizeText } from "../written.ts";
import type { Of, Shape } from "./shape.ts";

type Check<K extends Shape["kind"]> = (
  at: string,
  value: unknown,
  shape: Of<K>,
  complaints: Complaints,
) => void;

export const checkText: Check<"text"> = (at, value, { like, form }, complaints) => {
  if (typeof value !== "string") wrong(at, value, `a text, such as "${like}"`, complaints);
  else if (!(form?.test(value) ?? value.trim() !== "")) {
    const what = value.trim() === "" ? "is empty" : `${shown(value)} is not usable`;
    complaints.add(at, what, `write it like "${like}"`);
  }
};

export const checkFlag: Check<"flag"> = (at, value, _, complaints) => {
  if (typeof value !== "boolean") wrong(at, value, "true or false", complaints);
};

export const checkJson: Check<"json"> = (at, value, _, complaints) => {
  // What is left out or changed on the wire would be shown otherwise than it is sent.
  const sent = jsonOf(value);
  if (sent === undefined || !isDeepStrictEqual(sent, value)) {
    wrong(
      at,
      value,
      "what JSON can say: text, number, true, false, null, list, object",
      complaints,
    );
  }
};

function jsonOf(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

export const checkChoice: Check<"choice"> = (at, value, { what, of }, complaints) => {
  if (typeof value === "string") complaints.unknownName(at, what, value, of);
  else wrong(at, value, of.map((one) => `"${one}"`).join(" or "), complaints);
};

export const checkNumber: Check<"number"> = (at, value, { min, max }, complaints) => {
  if (typeof value === "number") complaints.wholeNumber(at, value, min, max);
  else wrong(at, value, `a whole number from ${min} to ${max}`, complaints);
};

export const checkDuration: Check<"duration"> = (at, value, { minMs, maxMs }, complaints) => {
  const unit = { named: "duration", short: "milliseconds", write: durationText, read: durationMs };
  checkAmount(at, value, minMs, maxMs, unit, complaints);
};

export const checkSize: Check<"size"> = (at, value, { minBytes, maxBytes }, complaints) => {
  const unit = { named: "size", short: "bytes", write: sizeText, read: sizeBytes };
  checkAmount(at, value, minBytes, maxBytes, unit, complaints);
};

interface Unit {
  readonly named: string;
  readonly short: string;
  readonly write: (amount: number) => string;
  readonly read: (text: unknown) => number | undefined;
}

function checkAmount(
  at: string,
  value: unknown,
  min: number,
  max: number,
  { named, short, write, read }: Unit,
  complaints: Complaints,
): void {
  const amount = read(value);
  if (amount !== undefined && amount >= min && amount <= max) return;
  const bounds = `from "${write(min)}" to "${write(max)}"`;
  if (amount !== undefined) {
    complaints.add(at, `${shown(value)} is out of bounds`, `give a ${named} ${bounds}`);
  } else if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) {
    const advice = `write a text with its unit: "${write(value)}" for ${value} ${short}`;
    complaints.add(at, `${value} is no ${named}`, advice);
  } else {
    complaints.add(at, `${shown(value)} is no ${named}`, `write a text with its unit, ${bounds}`);
  }
}

export function wrong(at: string, value: unknown, instead: string, complaints: Complaints): void {
  const place = at === "" ? "the configuration" : at;
  complaints.add(place, `${shown(value)} is not usable`, `write ${instead}`);
}

/** Nothing long, and nothing but what was written. */
export function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || value === null) {
    return String(value);
  }
  if (typeof value === "string") return value.length > 40 ? "this text" : `"${value}"`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
