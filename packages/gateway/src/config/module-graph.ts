/**
 * Modules of the user's, read anew each time with everything that they import by a path: Node keeps modules by their
 * address, so each reading gets addresses of its own. What was read before stays in memory; a reload costs its size.
 */
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const MARK = "sluice-reading";
let readings = 0;

export async function readAnew(file: string): Promise<Readonly<Record<string, unknown>>> {
  const mark = `${MARK}=${++readings}`;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const isOwn = /^(?:\.{0,2}\/|file:|#)/.test(specifier);
      const isRead = context.parentURL?.includes(mark);
      if (!isRead || !isOwn || !resolved.url.startsWith("file:")) return resolved;
      const url = new URL(resolved.url);
      if (url.pathname.includes("/node_modules/")) return resolved;
      url.search = mark;
      return { ...resolved, url: url.href };
    },
  });
  try {
    return (await import(`${pathToFileURL(file).href}?${mark}`)) as Record<string, unknown>;
  } finally {
    hooks.deregister();
  }
}
