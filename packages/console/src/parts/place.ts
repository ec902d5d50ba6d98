// Where the gateway serves this page: it writes the path into it.

export const path: string =
  document.querySelector<HTMLMetaElement>('meta[name="sluice-path"]')?.content ?? "";

/** The address of a path below it, for whoever signed in again and wants to go on there; undefined for any other place. */
export function addressOf(from: string | undefined): string | undefined {
  const isOurs = from?.startsWith("/") === true && !from.startsWith("//") && !from.includes("\\");
  return isOurs ? `${path}${from}` : undefined;
}
