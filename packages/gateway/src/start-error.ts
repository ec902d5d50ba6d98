// What whoever starts the gateway can put right.

/** Shown as it is, without a stack: its message says what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}
