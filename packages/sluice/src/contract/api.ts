/** A whole contract: wire, server and pages. What a gate serves and what documents are written from. */
import type { ServerOperation } from "./operation.ts";
import type { Page } from "./page.ts";
import type { Router } from "./path.ts";
import type { OutputOf } from "./schema.ts";
import type { AnyServer } from "./server.ts";
import type { AnyWire, CodeOf, OperationOf } from "./wire.ts";

export interface Api<W extends AnyWire = AnyWire, S extends AnyServer = AnyServer> {
  readonly wire: W;
  readonly server: S;
  readonly pages: Readonly<Record<CodeOf<W>, Page>>;
  /** Finds the operation of a method and path (after the base path). */
  readonly router: Router<OperationOf<W>>;
}

export type AnyApi = Api;

/** What a handler of an operation receives, by its schemas. */
export interface InputFor<O extends ServerOperation> {
  readonly params: O extends { readonly params: infer P } ? OutputOf<P> : Record<string, never>;
  readonly query: O extends { readonly query: infer Q } ? OutputOf<Q> : Record<string, never>;
  readonly body: O extends { readonly body: infer B } ? OutputOf<B> : undefined;
}
