// Writes the files here that are made from a contract: a part of `npm run generate`.

import { writeFileSync } from "node:fs";
import { files } from "./files.ts";

for (const [name, text] of Object.entries(files)) {
  writeFileSync(new URL(name, import.meta.url), text);
}
