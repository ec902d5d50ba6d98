// A failure is this API's way of saying no: a value with a kind, a sentence that callers may read,
// and, where one member of the input is at fault, its name.

const statusByKind = {
  absent: 404,
  conflict: 409,
  unacceptable: 422,
  unknown_persona: 422,
} as const;

export type FailureKind = keyof typeof statusByKind;

export class Failure {
  readonly kind: FailureKind;
  readonly detail: string;
  readonly field: string | undefined;

  constructor(kind: FailureKind, detail: string, field?: string) {
    this.kind = kind;
    this.detail = detail;
    this.field = field;
  }

  get status(): number {
    return statusByKind[this.kind];
  }

  /** The body on the wire; a failure of no single field has no `field` member at all. */
  toJSON(): { failure: { kind: FailureKind; detail: string; field?: string } } {
    const { kind, detail, field } = this;
    return { failure: field === undefined ? { kind, detail } : { kind, detail, field } };
  }
}

export function absent(what: string, field?: string): Failure {
  return new Failure("absent", `${what} not found.`, field);
}
