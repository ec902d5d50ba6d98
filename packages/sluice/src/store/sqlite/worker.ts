// The worker thread: owns one connection to the file and does one message after the other. Which one,
// to write or to read, it is told when it starts.

import { parentPort, workerData } from "node:worker_threads";
import { assert } from "../../base/index.ts";
import { Reader, type ReaderSettings } from "./thread/reader.ts";
import { Writer, type WriterSettings } from "./thread/writer.ts";

type Method = (...told: readonly unknown[]) => unknown;

function start(settings: WriterSettings | ReaderSettings): void {
  const port = parentPort;
  assert(port !== null, "this file is run as a worker thread only");
  /** What was done, or why it could not be: an error is an answer like any other. */
  const answer = (does: () => unknown): void => {
    try {
      port.postMessage([true, does()]);
    } catch (error) {
      port.postMessage([false, error]);
    }
  };
  let desk: Writer | Reader | undefined;
  answer(() => {
    desk = settings.role === "writer" ? new Writer(settings) : new Reader(settings);
  });
  port.on("message", ([name, ...told]: readonly [string, ...unknown[]]) => {
    const methods = desk as unknown as Readonly<Record<string, Method>>;
    answer(() => methods[name]?.apply(desk, told as unknown[]));
    if (name === "close") port.close();
  });
}

start(workerData as WriterSettings | ReaderSettings);
