// Whether somebody listens at an address: the one thing that can be asked of any upstream.

import { connect } from "node:net";

export interface Reachable {
  readonly url: string;
  /** A Unix domain socket in place of the host and port. */
  readonly socketPath?: string;
}

/** Rejects with why not. Whoever asks keeps the time. */
export function reach({ url, socketPath }: Reachable): Promise<void> {
  const place = socketPath === undefined ? hostOf(url) : { path: socketPath };
  return new Promise((resolve, reject) => {
    const socket = connect(place);
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}

function hostOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol === "https:" ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || usual };
}
