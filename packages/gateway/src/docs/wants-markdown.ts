// Whether somebody would rather have Markdown than HTML.

/** By what they accept by name (RFC 9110 §12.5.1): whoever takes anything gets what browsers get. */
export function wantsMarkdown(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const markdown = qualityOf("text/markdown", accept);
  return markdown > 0 && markdown >= qualityOf("text/html", accept);
}

function qualityOf(type: string, accept: string): number {
  for (const range of accept.split(",")) {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    if (name !== type) continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return quality === undefined ? 1 : Number(quality.slice(2)) || 0;
  }
  return 0;
}
