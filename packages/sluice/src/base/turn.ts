// The end of the event loop's turn: what is ready in one turn can leave together, which costs less
// than sending each at once.

let waiting: (() => void)[] = [];

/** Where the runtime has no such moment (browsers, Workers), things leave at once. */
const later: ((callback: () => void) => unknown) | undefined = globalThis.setImmediate;

/** Runs the task once this turn's other work is done, in order. A task must not throw. */
export function atEndOfTurn(task: () => void): void {
  if (later === undefined) task();
  else if (waiting.push(task) === 1) later(runWaiting);
}

function runWaiting(): void {
  const tasks = waiting;
  waiting = [];
  for (const task of tasks) task();
}

/** Whether tasks still wait for the end of this turn: whoever counts turns lets them run first. */
export function turnGoesOn(): boolean {
  return waiting.length > 0;
}
