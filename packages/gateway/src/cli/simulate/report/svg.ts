// A drawing in its frame: inside a page that styles it, or alone as a file that brings its own style.

import { escapeHtml } from "../../../pages/html.ts";
import type { Picture } from "./report.ts";
import { styleOf } from "./style.ts";

/** Where text is as large as in the page around it: on a desk, and on a phone. */
export const WIDE = 720;
export const NARROW = 340;

export function inPage(picture: Picture, width: number, kind: string): string {
  const { height, inside } = picture.draw(width);
  const label = escapeHtml(`${picture.title}. ${picture.says}`);
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return `<svg class="${kind}" ${box} role="img" aria-label="${label}">${inside}</svg>`;
}

const MARGIN = 16;
const TITLE = 30;

/** A file of its own, light and dark as its reader likes it, with its title inside. */
export function alone(picture: Picture, width: number = WIDE): string {
  const { height, inside } = picture.draw(width);
  const [all, high] = [width + 2 * MARGIN, height + TITLE + 2 * MARGIN];
  const [title, says] = [escapeHtml(picture.title), escapeHtml(picture.says)];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} ${high}" width="${all}" height="${high}" role="img" aria-labelledby="t d">
<title id="t">${title}</title><desc id="d">${says}</desc>
<style>${styleOf("picture")}</style>
<rect class="back" width="${all}" height="${high}" rx="8"/>
<text class="title" x="${MARGIN}" y="${MARGIN + 14}">${title}</text>
<g transform="translate(${MARGIN} ${MARGIN + TITLE})">${inside}</g>
</svg>
`;
}
