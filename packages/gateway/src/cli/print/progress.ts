// A line for people that says how far something is, and goes when it is done. Only a terminal can take it away again.

export interface Progress {
  show(what: string): void;
  clear(): void;
}

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let isShown = false;
  return {
    show(what) {
      if (!stream.isTTY) return;
      stream.write(`\r\u001b[K${what} …`);
      isShown = true;
    },
    clear() {
      if (isShown) stream.write("\r\u001b[K");
      isShown = false;
    },
  };
}
