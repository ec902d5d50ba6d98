// What Upstash's HTTP interface does, before a Redis of a test's own: a command is a JSON array, several are a pipeline.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";

export interface UpstashDoor {
  readonly url: string;
  /** Nobody can connect any more, and nobody is connected. */
  shut(): Promise<void>;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

type Command = readonly (string | number)[];

export async function openUpstashDoor(redisPort: number): Promise<UpstashDoor> {
  const client = new Redis({ port: redisPort, retryStrategy: () => 100 });
  client.on("error", () => undefined);
  const scripts = new Scripts(client);
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await textOf(request)) as Command | Command[];
    const isPipeline = request.url?.startsWith("/pipeline") ?? false;
    const answer = isPipeline
      ? await Promise.all((body as Command[]).map((command) => scripts.run(command)))
      : await scripts.run(body as Command);
    const status = "error" in answer ? 400 : 200;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const shut = async () => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    shut,
    reopen: () => listen(port),
    async close() {
      await shut();
      client.disconnect();
    },
  };
}

/** Scripts open with a line that Redis before 7.4 refuses; without it they are the same, but for their digest. */
class Scripts {
  readonly #client: Redis;
  readonly #known = new Map<string, string>();

  constructor(client: Redis) {
    this.#client = client;
  }

  async run(command: Command): Promise<{ result: unknown } | { error: string }> {
    try {
      return { result: await this.#run(command.map(String)) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  async #run([name = "", ...args]: readonly string[]): Promise<unknown> {
    const [script = "", ...rest] = args;
    switch (name.toLowerCase()) {
      case "eval": {
        const stripped = script.replace(/^#!.*\n/, "");
        this.#known.set(createHash("sha1").update(script).digest("hex"), stripped);
        return this.#client.call("EVAL", stripped, ...rest);
      }
      case "evalsha": {
        const stripped = this.#known.get(script);
        if (stripped === undefined) throw new Error("NOSCRIPT No matching script.");
        return this.#client.call("EVAL", stripped, ...rest);
      }
      default:
        return this.#client.call(name, ...args);
    }
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += piece;
  return text;
}
