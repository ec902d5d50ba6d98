// Callers over kept connections, as cheap as they can be: each asks again once it is answered.

import { connect } from "node:net";

/** Resolves when so many were answered; rejects at the first answer that is not 200. */
export async function load(
  port: number,
  path: string,
  secret: string,
  { callers, requests }: { readonly callers: number; readonly requests: number },
): Promise<void> {
  const head = `GET ${path} HTTP/1.1\r\nhost: measured\r\nx-api-key: ${secret}\r\n\r\n`;
  let left = requests;
  const caller = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1").setNoDelay(true).setEncoding("latin1");
      const ask = () => {
        if (left-- > 0) socket.write(head);
        else {
          socket.destroy();
          resolve();
        }
      };
      socket.once("connect", ask);
      socket.once("error", reject);
      socket.on("data", (text) => {
        const said = String(text);
        if (said.startsWith("HTTP/1.1 200")) ask();
        else reject(new Error(`A measured request was answered by ${said.slice(0, 300)}`));
      });
    });
  await Promise.all(Array.from({ length: callers }, caller));
}
