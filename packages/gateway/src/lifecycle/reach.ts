// Whether somebody listens at an address: the one thing that can be asked of any upstream.

import { connect } from "node:net";

/** Rejects with why not. Whoever asks keeps the time. */
export function reach(address: string): Promise<void> {
  const { hostname, port, protocol } = new URL(address);
  const usual = protocol === "https:" ? 443 : 80;
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port) || usual });
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}
