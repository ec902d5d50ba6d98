// A problem is this API's way of saying no: a value with a kind, a sentence that callers may read,
// and, where one member of the input is at fault, its name.

const statusByKind = {
  absent: 404,
  duplicate: 409,
  plan_limit: 409,
  resource_limit: 409,
  unacceptable: 422,
} as const;

export type ProblemKind = keyof typeof statusByKind;

export class Problem {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly field: string | undefined;

  constructor(kind: ProblemKind, detail: string, field?: string) {
    this.kind = kind;
    this.detail = detail;
    this.field = field;
  }

  get status(): number {
    return statusByKind[this.kind];
  }

  /** The body on the wire; a problem of no single field has no `field` member at all. */
  toJSON(): { problem: ProblemKind; detail: string; field?: string } {
    const { kind, detail, field } = this;
    return field === undefined ? { problem: kind, detail } : { problem: kind, detail, field };
  }
}

export function absent(what: string, field?: string): Problem {
  return new Problem("absent", `${what} not found.`, field);
}
