// What differs between a record before and after, as places in it, each with its value then and now.

export interface Difference {
  /** Where in the record: `overrides.windows.requests`; empty where it is no record. */
  readonly place: string;
  /** Undefined where there was nothing. */
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

export type Plain = string | number | boolean;

/** Nobody reads them, wherever they come from. */
const HIDDEN = /(^|\.)digests?(\.|$)/;

export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const then = placesOf(before);
  const now = placesOf(after);
  const places = [...new Set([...then.keys(), ...now.keys()])];
  return places
    .filter((place) => !HIDDEN.test(place) && then.get(place) !== now.get(place))
    .map((place) => ({ place, before: then.get(place), after: now.get(place) }));
}

function placesOf(record: unknown): ReadonlyMap<string, Plain> {
  const places = new Map<string, Plain>();
  const walk = (value: unknown, place: string): void => {
    if (isPlain(value)) places.set(place, value);
    else if (Array.isArray(value) && value.every(isPlain)) places.set(place, value.join(", "));
    else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        walk(inner, place === "" ? name : `${place}.${name}`);
      }
    }
  };
  walk(record, "");
  return places;
}

function isPlain(value: unknown): value is Plain {
  return ["string", "number", "boolean"].includes(typeof value);
}
