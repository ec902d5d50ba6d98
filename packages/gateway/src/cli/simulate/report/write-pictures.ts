// The pictures of a report as files: to be put into a page or a talk.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../../../start-error.ts";
import { writeReport } from "../../check/write-report.ts";
import type { Report } from "./report.ts";
import { alone } from "./svg.ts";

/** Named after their titles. @throws StartError where they cannot be written */
export function writePictures({ sections }: Report, folder: string): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${folder} cannot be made (${reason}): name another folder behind --svg.`);
  }
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind !== "picture") return [];
      const name = `${block.picture.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.svg`;
      writeReport(join(folder, name), alone(block.picture));
      return [name];
    }),
  );
}
