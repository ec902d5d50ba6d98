/** A contract that a module of the user's made with `defineApi`. */
import type { AnyApi } from "sluice";
import { isObject } from "../schema/json-schema.ts";
import type { Surroundings } from "../surroundings.ts";

/** Reads a module anew each time. */
export type ReadModule = (file: string) => Promise<Readonly<Record<string, unknown>>>;

export async function contractFromModule(
  file: string,
  around: Surroundings,
  readModule: ReadModule,
): Promise<AnyApi | undefined> {
  const { complaints } = around;
  const at = "contract";
  if (!/\.(?:m?[jt]s)$/.test(file)) {
    const advice = 'name a module (.ts, .js), or write { openapi: "…" } for an OpenAPI file';
    complaints.add(at, `"${file}" is no module`, advice);
    return undefined;
  }
  if (around.file(at, file) === undefined) return undefined;
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await readModule(around.path(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    complaints.add(at, `${file} cannot be loaded: ${reason}`, "mend it; nothing was changed");
    return undefined;
  }
  const found = Object.entries(exported).filter(([, value]) => isApi(value));
  const [[, api] = [], ...others] = found;
  const named = [exported["default"], exported["api"]].find(isApi);
  const chosen = named ?? (others.length > 0 ? undefined : api);
  if (chosen !== undefined) return chosen as AnyApi;
  const names = found.map(([name]) => name);
  if (names.length > 1) {
    const advice = "export the one to serve as default, or as api";
    complaints.add(at, `${file} exports several contracts: ${names.join(", ")}`, advice);
  } else {
    const all = Object.keys(exported).join(", ");
    const hint = all === "" ? "" : `, only ${all}`;
    complaints.add(
      at,
      `${file} exports no contract${hint}`,
      "export what defineApi(wire, server, pages) gives",
    );
  }
  return undefined;
}

/** By its form: the module may have loaded a copy of the library of its own. */
function isApi(value: unknown): value is AnyApi {
  return isObject(value) && ["wire", "server", "pages", "router"].every((part) => part in value);
}
