/** How long a stream may stand still between two of its pieces. */
import type { ClientSettings } from "./settings.ts";

export class ChunkTimeout extends Error {
  override readonly name = "TimeoutError";
}

/** A server that says nothing for so long will say nothing more. */
export async function withinChunkTime<T>(
  read: Promise<T>,
  abort: (reason: unknown) => void,
  { wheel, deadline }: ClientSettings,
): Promise<T> {
  const timer = wheel.after(deadline.chunkMs, () =>
    abort(new ChunkTimeout(`nothing came for ${deadline.chunkMs} ms`)),
  );
  try {
    return await read;
  } finally {
    timer.cancel();
  }
}
