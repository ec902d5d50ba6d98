// `sluice demo`: two real APIs behind the gateway, with keys for every situation. A package of its own, since hardly
// anybody wants it twice.

import { StartError } from "../start-error.ts";

/** Not in the sources: the demo is made with the gateway, not the other way round. */
const name = "sluice-demo";

export async function demo(): Promise<void> {
  try {
    import.meta.resolve(name);
  } catch {
    throw new StartError(
      `The demo is not installed: it is part of Sluice's repository, where "npm ci && npm start" serves it.`,
    );
  }
  await import(name);
}
