// Everything that there is to try, an API a chapter.

import type { DemoFile } from "../home.ts";
import type { Chapter } from "./curl.ts";
import { maveraExamples } from "./mavera.ts";
import { mentovaExamples } from "./mentova.ts";

export type { Chapter, Example } from "./curl.ts";

export function chaptersFor({ mavera, mentova }: DemoFile): readonly Chapter[] {
  return [
    { title: "Mavera", examples: maveraExamples(mavera) },
    { title: "Mentova", examples: mentovaExamples(mentova) },
  ];
}
