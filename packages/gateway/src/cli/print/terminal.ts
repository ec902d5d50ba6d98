// What standard output can show: how wide it is, colours, and letters beyond ASCII.

import { styleText } from "node:util";

const WIDTH_MIN = 40;

/** Infinite where it is no terminal: a program reads whole lines. */
export function outputWidth(): number {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns > 0 ? Math.max(columns, WIDTH_MIN) : Number.POSITIVE_INFINITY;
}

/** Whether the environment says that letters beyond ASCII are shown (POSIX: LC_ALL before LC_CTYPE before LANG). */
export function isUnicode(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"] || "";
  return /utf-?8/i.test(locale);
}

type Style = Parameters<typeof styleText>[0];

/** Heeds NO_COLOR and FORCE_COLOR, and whether it is a terminal. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** For people and programs. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Whoever reads may have read enough, as `head` has. */
export function beQuietWhenNobodyReads(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
}
