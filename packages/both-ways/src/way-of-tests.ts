// Which way this run of the tests serves the APIs: the one place where it is decided.

import { type Way, ways } from "./serve.ts";

export const wayOfTests: Way = readWay(process.env["SLUICE_TESTS_WAY"]);

function readWay(said = "embedded"): Way {
  const way = ways.find((one) => one === said);
  if (way === undefined) throw new Error(`SLUICE_TESTS_WAY is ${ways.join(" or ")}, not ${said}`);
  return way;
}
