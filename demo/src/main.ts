// `npm start`: Mavera and Mentova behind their gates on this machine, with demo data, and a page that says what to
// try.

import { StartError } from "@sluice/gateway";
import { readEnvironment } from "./environment.ts";
import { serve } from "./serve.ts";

try {
  await serve(readEnvironment(process.env, process.cwd()));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
