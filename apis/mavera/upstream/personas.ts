// Personas: in whose voice an input is answered. Three are everybody's; an account can make its own.

import { type Answer, type Call, created, type Environment, found } from "./call.ts";
import { unixSeconds } from "./dates.ts";
import { absent, Failure } from "./failure.ts";
import { Fields } from "./fields.ts";
import { newId } from "./identifiers.ts";
import { maxIdLength, maxNameLength, maxSearchLength } from "./limits.ts";
import { answerFromCursor } from "./paging.ts";
import { type Persona, type PipelineType, pipelineTypes, type Records } from "./records.ts";

const maxDescriptionLength = 2000;
const maxCategoryLength = 100;
const credits = 300;

export interface PersonaDraft {
  readonly name: string;
  /** Default: `intermediate`. */
  readonly pipeline_type?: PipelineType | undefined;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
}

const basePersonas: readonly Persona[] = (
  [
    ["clx0base0persona000genz01", "Gen Z Shopper", "Buys on the phone, asks friends first."],
    ["clx0base0persona00parent1", "Busy Parent", "Short of time, loyal to what works."],
    ["clx0base0persona0b2bbuy01", "B2B Buyer", "Compares offers, answers to a committee."],
  ] as const
).map(([id, name, description]) => ({
  id,
  object: "persona",
  name,
  description,
  category: "base",
  pipeline_type: "intermediate",
  created_at: unixSeconds(Date.UTC(2026, 0, 1)),
}));

/** Whoever starts on records that have them already changes nothing. */
export function putBasePersonas({ personas, write }: Records): void {
  write(() => {
    for (const persona of basePersonas) {
      if (personas.find("", persona.id) === undefined) personas.insertBase(persona);
    }
  });
}

export function listPersonas({ environment, caller, query }: Call): Answer {
  const fields = Fields.ofQuery(query);
  const filter = {
    accountId: caller.accountId,
    category: fields.optionalText("category", { max: maxCategoryLength }),
    search: fields.optionalText("search", { min: 0, max: maxSearchLength }),
  };
  const { personas } = environment.records;
  return answerFromCursor(fields, (page) => personas.page(filter, page));
}

export function getPersona({ environment, caller }: Call, personaId = ""): Answer {
  const persona = environment.records.personas.find(caller.accountId, personaId);
  return persona === undefined ? absent("Persona") : found(persona);
}

export function createPersona({ environment, caller, body }: Call): Answer {
  const fields = Fields.ofBody(body);
  const draft: PersonaDraft = {
    name: fields.text("name", { max: maxNameLength }),
    pipeline_type: fields.requiredChoice("pipeline_type", pipelineTypes, "intermediate"),
    description: fields.optionalText("description", { max: maxDescriptionLength }),
    category: fields.optionalText("category", { max: maxCategoryLength }),
  };
  if (fields.failure) return fields.failure;
  const persona = insertPersona(environment, caller.accountId, draft);
  return created({ ...persona, credits_charged: credits });
}

export function insertPersona(
  environment: Environment,
  accountId: string | undefined,
  draft: PersonaDraft,
): Persona {
  const { personas } = environment.records;
  const persona: Persona = {
    id: newId(environment, "clx"),
    object: accountId === undefined ? "persona" : "custom_persona",
    name: draft.name,
    description: draft.description ?? null,
    category: draft.category ?? null,
    pipeline_type: draft.pipeline_type ?? "intermediate",
    created_at: unixSeconds(environment.clock.wallMs()),
  };
  if (accountId === undefined) personas.insertBase(persona);
  else personas.insert(accountId, persona);
  return persona;
}

/** The persona that a body names, if it names one. */
export function readPersona(
  { environment, caller }: Call,
  fields: Fields,
): Persona | Failure | undefined {
  const id = fields.optionalText("persona_id", { max: maxIdLength });
  return id === undefined
    ? undefined
    : findNamedPersona(environment, caller.accountId, id, "persona_id");
}

/** A persona that an input names, unlike one that a path names, is part of what was said wrong. */
export function findNamedPersona(
  { records }: Environment,
  accountId: string,
  id: string,
  field: string,
): Persona | Failure {
  const persona = records.personas.find(accountId, id);
  return persona ?? new Failure("unknown_persona", "There is no persona with this id.", field);
}
