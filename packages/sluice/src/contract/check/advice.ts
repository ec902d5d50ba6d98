/** Declarations that cannot work are refused at start, with what is wrong, where, and what to do about it. */

export interface Complaint {
  /** Where in the declaration: `codes.RATE_LIMITED.status`. */
  readonly at: string;
  readonly what: string;
  readonly advice: string;
}

/** A contract that cannot be served. Lists every complaint, not only the first. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";
  readonly complaints: readonly Complaint[];

  constructor(title: string, complaints: readonly Complaint[]) {
    const lines = complaints.map(({ at, what, advice }) => `  ${at}: ${what}\n    → ${advice}`);
    super(`${title} cannot be served:\n${lines.join("\n")}`);
    this.complaints = complaints;
  }
}

/** Collects complaints; `settle` throws when there are any. */
export class Complaints {
  readonly #list: Complaint[] = [];

  /** In the order in which they were found. */
  get list(): readonly Complaint[] {
    return this.#list;
  }

  add(at: string, what: string, advice: string): void {
    this.#list.push({ at, what, advice });
  }

  /** Complains of members that nothing reads. */
  unknownMembers(at: string, value: object, known: readonly string[]): void {
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue;
      this.add(at === "" ? name : `${at}.${name}`, "nothing reads this", didYouMean(name, known));
    }
  }

  /** Complains of members that an untyped declaration forgot. */
  missingMembers(at: string, value: object, required: readonly string[]): void {
    for (const name of required) {
      if (Reflect.get(value, name) !== undefined) continue;
      this.add(at === "" ? name : `${at}.${name}`, "is missing", `add ${name}`);
    }
  }

  /** Complains of a name that is not in a list. */
  unknownName(at: string, what: string, name: string, known: readonly string[]): boolean {
    if (known.includes(name)) return false;
    this.add(at, `there is no ${what} "${name}"`, didYouMean(String(name), known));
    return true;
  }

  /** Complains of a number that is not a whole one within bounds. */
  wholeNumber(at: string, value: unknown, min: number, max: number): boolean {
    if (Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max) return true;
    this.add(at, `${String(value)} is not usable`, `give a whole number from ${min} to ${max}`);
    return false;
  }

  settle(title: string): void {
    if (this.#list.length > 0) throw new DeclarationError(title, this.#list);
  }
}

/** `did you mean "x"?`, or the list of what there is. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  return known.length === 0 ? "there are none" : `use one of: ${known.join(", ")}`;
}

/** The known name within a third of its length in edits, or undefined. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return bestDistance <= Math.max(1, Math.floor(name.length / 3)) ? best : undefined;
}

/** Levenshtein's, with two neighbours that changed places counted as one edit: the commonest slip. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change, swap));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
