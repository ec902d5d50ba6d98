// What a gateway tells the public about how its APIs are, and where.

export interface StatusSettings {
  /** On the public listener, whatever the mounts are: `/status`. The same with `.json`, `.atom` and `.css` belongs to it. */
  readonly path: string;
  /** What stands above it. */
  readonly title: string;
  /** Operations, of whichever API, that it does not name and does not count. */
  readonly hidden: readonly string[];
}

export const statusPathStandard = "/status";

/** Every path that the page answers at, below no mount. */
export function statusPaths(path: string): readonly string[] {
  return [path, `${path}/`, `${path}.json`, `${path}.atom`, `${path}.css`];
}
