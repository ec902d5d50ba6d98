// How a command ends, for whoever runs it in a script or on a build server: one table for all of them.

export const exitCodes = {
  fine: 0,
  /** It looked, and what it looked at is not as it should be: a broken promise, a breaking change, a broken ledger. */
  found: 1,
  /** It was not done: typed wrong, refused, or a configuration that cannot work. */
  refused: 2,
  /** Nobody answers, or a store is down: the same may go well later. */
  notReached: 3,
  /** What was named is not there. */
  notThere: 4,
  /** A bug of ours (EX_SOFTWARE of sysexits): it has found nothing out. */
  fault: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** How a command ends after this; what says nothing of it is a fault. */
export function exitCodeOf(error: unknown): ExitCode {
  const { exitCode } = Object(error) as { readonly exitCode?: unknown };
  return Object.values(exitCodes).find((one) => one === exitCode) ?? exitCodes.fault;
}
