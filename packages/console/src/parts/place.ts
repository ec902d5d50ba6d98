// Where the gateway serves this page: it writes the path into it.

export const path: string =
  document.querySelector<HTMLMetaElement>('meta[name="sluice-path"]')?.content ?? "";
