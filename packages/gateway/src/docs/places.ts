// Where each page lies: in a folder of its own, so that its address has no extension on any host of static files; its
// Markdown lies beside that folder. All links are relative, so the whole may lie anywhere.

/** The page at the root of the documents. */
export const INDEX = "index";
export const SEARCH = "search";
/** The OpenAPI document, drawn by a viewer. */
export const REFERENCE = "reference";

/** `errors/x` → `errors/x/`, and nothing for the index. */
export function folderOf(page: string): string {
  return page === INDEX ? "" : `${page}/`;
}

export function htmlFileOf(page: string): string {
  return `${folderOf(page)}index.html`;
}

export function markdownFileOf(page: string): string {
  return `${page}.md`;
}

/** From a page's folder to the root of the documents. */
export function rootFrom(page: string): string {
  return "../".repeat(folderOf(page).split("/").length - 1) || "./";
}
