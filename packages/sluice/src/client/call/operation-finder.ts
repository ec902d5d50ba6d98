/** Which operation of the contract a request is, by its method and address. */
import { type AnyWire, parsePattern, Router } from "../../contract/index.ts";

/** Undefined for what is elsewhere, or no operation. */
export type OperationFinder = (method: string, url: string) => string | undefined;

export function createOperationFinder(wire: AnyWire | undefined, baseUrl: string): OperationFinder {
  if (wire === undefined) return () => undefined;
  const routes = Object.entries(wire.operations).flatMap(([operation, { method, path }]) => {
    const pattern = parsePattern(path);
    return typeof pattern === "string" ? [] : [{ operation, method, pattern }];
  });
  const router = new Router(routes);
  const base = baseUrl.replace(/\/+$/, "");
  return (method, url) => {
    if (!url.startsWith(`${base}/`)) return undefined;
    const path = url.slice(base.length).split(/[?#]/, 1)[0] ?? "";
    const matched = router.match(method, path);
    return matched.kind === "operation" ? matched.route.operation : undefined;
  };
}
