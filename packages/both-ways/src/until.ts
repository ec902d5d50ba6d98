/** Waits for what comes over a socket: turns of the event loop go by until it is there, or the test's time is over. */
export async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isThere())) await new Promise((resolve) => setImmediate(resolve));
}
