// Whose page this is: the gateway writes the name of its API into it.

export const title: string =
  document.querySelector<HTMLMetaElement>('meta[name="sluice-title"]')?.content ?? "";
