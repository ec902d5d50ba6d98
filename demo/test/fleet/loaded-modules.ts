// Loaded before a program, by `--import`: writes down every file that the program and its threads load, from then on.

import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";

const list = process.env["LOADED_MODULES"];
if (list === undefined) throw new Error("LOADED_MODULES names the file to write to");

registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(list, `${url}\n`);
    return nextLoad(url, context);
  },
});
