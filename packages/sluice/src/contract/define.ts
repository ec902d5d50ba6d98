/** The two doors of a contract: each checks a declaration once, says all that is wrong with it, and freezes it. */
import { freezeDeep } from "../base/index.ts";
import type { Api } from "./api.ts";
import { checkApi } from "./check/api.ts";
import { checkWire } from "./check/wire.ts";
import { type Page, parsePage } from "./page.ts";
import { Router, routesOf } from "./path.ts";
import type { ServerDeclaration } from "./server.ts";
import { Spellings } from "./spelling.ts";
import type { AnyWire, CodeOf, OperationOf, PlanOf, Wire, WireDeclaration } from "./wire.ts";

/**
 * Declares the wire layer. Throws a `DeclarationError` that lists everything that cannot work.
 *
 * @example
 * export const wire = defineWire({ about: { title: "Acme" }, basePath: "/v1", envelope: nested(), … });
 */
export function defineWire<
  const Code extends string,
  const Operation extends string,
  const Plan extends string,
  const Domain extends string = never,
>(
  declaration: WireDeclaration<Code, Operation, Plan, Domain>,
): Wire<Code, Operation, Plan, Domain> {
  checkWire(declaration);
  const spellings = new Spellings({ ...declaration.conditions, ...declaration.domain });
  return freezeDeep({ ...declaration, spellings });
}

/**
 * Puts the three layers together. `pages` holds the Markdown of each code's page. Throws a `DeclarationError`
 * that lists everything that cannot work.
 *
 * @example
 * export const acme = defineApi(wire, { plans, operations }, pages);
 */
export function defineApi<
  const W extends AnyWire,
  const S extends ServerDeclaration<OperationOf<W>, PlanOf<W>>,
>(wire: W, server: S, pages: Readonly<Record<CodeOf<W>, string>>): Api<W, S> {
  checkApi(wire, server, pages);
  const parsed = codesOf(wire).map((code) => [code, parsePage(code, pages[code])] as const);
  return Object.freeze({
    wire,
    server: freezeDeep(server),
    pages: Object.fromEntries(parsed) as Record<CodeOf<W>, Page>,
    router: new Router(routesOf<OperationOf<W>>(wire.operations)),
  });
}

function codesOf<W extends AnyWire>(wire: W): CodeOf<W>[] {
  return Object.keys(wire.codes) as CodeOf<W>[];
}
