// A worker that does no work: it dies, hangs or answers, as it is told when it starts.

import { parentPort, workerData } from "node:worker_threads";

const { fate } = workerData as { readonly fate: string };

parentPort?.postMessage(fate === "cannot start" ? [false, new Error("no such luck")] : [true]);
parentPort?.on("message", ([name]: readonly [string]) => {
  // Nothing is old enough to be forgotten by the log.
  if (name === "forgetLog") {
    if (fate !== "hangs") parentPort?.postMessage([true, 0]);
    return;
  }
  if (fate === "exits") process.exit(7);
  if (fate === "throws") throw new Error("an accident");
  if (fate !== "answers") return;
  parentPort?.postMessage([true, name]);
  if (name === "close") parentPort?.close();
});
