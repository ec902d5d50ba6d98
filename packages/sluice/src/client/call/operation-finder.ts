/** Which operation of the contract a request is, by its method and address. */
import { type AnyWire, Router, routesOf } from "../../contract/index.ts";

/** Undefined for what is elsewhere, or no operation. */
export type OperationFinder = (method: string, url: string) => string | undefined;

/** @param baseUrl without a slash at its end. */
export function createOperationFinder(wire: AnyWire | undefined, baseUrl: string): OperationFinder {
  if (wire === undefined) return () => undefined;
  const router = new Router(routesOf(wire.operations));
  return (method, url) => {
    if (!url.startsWith(`${baseUrl}/`)) return undefined;
    const path = url.slice(baseUrl.length).split(/[?#]/, 1)[0] ?? "";
    const matched = router.match(method, path);
    return matched.kind === "operation" ? matched.route.operation : undefined;
  };
}
