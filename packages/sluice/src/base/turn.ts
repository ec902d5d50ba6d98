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

/** Turns that are ordered together; the event loop looks for input and output only after them. */
const TOGETHER_MAX = 16;

/**
 * Calls `step` once a turn until it answers false: between two calls every microtask has run, and
 * whatever was left to the end of the turn, with all that this set off. A turn costs a tenth of a
 * microsecond, never a timer's millisecond. Rejects with what `step` throws.
 */
export function eachTurn(step: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let ordered = 0;
    // Few at first: whoever wants few turns leaves none behind.
    let together = 1;
    const order = () => {
      for (; ordered < together; ordered++) orderTurn(turn);
    };
    const turn = () => {
      ordered--;
      if (isOver) return;
      try {
        if (waiting.length > 0) runWaiting();
        else if (!step()) {
          isOver = true;
          resolve();
          return;
        }
      } catch (error) {
        isOver = true;
        reject(error);
        return;
      }
      if (ordered > 0) return;
      together = Math.min(2 * together, togetherMax);
      order();
    };
    order();
  });
}

// Taken once, at load: a test that replaces the global timers must not stop virtual time.
const [orderTurn, togetherMax] = chooseTurns();

function chooseTurns(): [(turn: () => void) => unknown, number] {
  // Node runs every microtask between two immediates, also of one turn of its loop.
  if (later !== undefined) return [later, TOGETHER_MAX];
  const throughChannel = (turn: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      turn();
    };
    port2.postMessage(undefined);
  };
  return [throughChannel, 1];
}
