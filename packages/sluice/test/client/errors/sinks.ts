// Every way by which something that an error holds ends up in a log, a report, another thread or a debugger.

import { AssertionError, deepEqual, equal } from "node:assert";
import { Console } from "node:console";
import { EventEmitter } from "node:events";
import { Session } from "node:inspector";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";

/** What arrives there, as text. */
export type Sink = (error: Error) => string;

function printed(print: (console: Console) => void): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  print(new Console(stream, stream));
  return text;
}

function complaintOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    return error instanceof AssertionError ? error.message : inspect(error, { depth: 9 });
  }
  throw new Error("nothing complained");
}

/** Strings and members of everything that can be reached: own or inherited, hidden, symbols, getters. */
function walk(root: unknown): string {
  const seen = new Set<unknown>();
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") found.push(value);
    if (typeof value === "function") found.push(Function.prototype.toString.call(value));
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
    if (seen.has(value) || value === Object.prototype || value === Function.prototype) return;
    seen.add(value);
    for (const name of Reflect.ownKeys(value)) {
      found.push(String(name));
      const { get } = Object.getOwnPropertyDescriptor(value, name) ?? {};
      visit(get);
      try {
        // A getter of the prototype means nothing without the error itself.
        visit(Reflect.get(value, name, root));
      } catch {
        // Not to be had by this way.
      }
    }
    visit(Object.getPrototypeOf(value));
    if (typeof value === "object" && "toJSON" in value && typeof value.toJSON === "function") {
      visit(value.toJSON());
    }
  };
  visit(root);
  return found.join("\n");
}

interface Remote {
  readonly name: string;
  readonly value?: { readonly objectId?: string; readonly value?: unknown };
}

/** What a debugger shows of private fields, and of what stands in them. */
function debugged(error: Error): string {
  const session = new Session();
  session.connect();
  const found: string[] = [];
  const propertiesOf = (objectId: string, depth: number): void => {
    session.post("Runtime.getProperties", { objectId, ownProperties: true }, (_, answer) => {
      // The declarations of the protocol leave the private ones out.
      const hidden: unknown = Reflect.get(answer, "privateProperties");
      const all: Remote[] = [...answer.result, ...(Array.isArray(hidden) ? hidden : [])];
      for (const { name, value } of all) {
        found.push(`${name}: ${String(value?.value)}`);
        if (value?.objectId !== undefined && depth < 6 && name !== "__proto__") {
          propertiesOf(value.objectId, depth + 1);
        }
      }
    });
  };
  Reflect.set(globalThis, "errorUnderTest", error);
  session.post("Runtime.evaluate", { expression: "errorUnderTest" }, (_, { result }) => {
    if (result.objectId !== undefined) propertiesOf(result.objectId, 0);
  });
  Reflect.deleteProperty(globalThis, "errorUnderTest");
  session.disconnect();
  return found.join("\n");
}

function causes(error: unknown): string {
  const texts: string[] = [];
  for (let link = error; link instanceof Error; link = link.cause) {
    texts.push(String(link), link.stack ?? "", JSON.stringify(link) ?? "");
  }
  return texts.join("\n");
}

/** As pino's standard serializer copies an error: type, message, stack, and every enumerable member. */
function serialized(error: Error): string {
  const copy: Record<string, unknown> = {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
  };
  for (const name in error) copy[name] = Reflect.get(error, name);
  return JSON.stringify(copy);
}

function posted(error: Error): string {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(error);
  const received: unknown = receiveMessageOnPort(port2)?.message;
  port1.close();
  return inspect(received, { depth: 9, showHidden: true });
}

function dispatched(error: Error): string {
  const target = new EventTarget();
  let text = "";
  target.addEventListener("error", (event) => {
    text = inspect(event, { depth: 9, showHidden: true }) + walk(event);
  });
  target.dispatchEvent(new CustomEvent("error", { detail: error }));
  return text;
}

const deep = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true } as const;

export const SINKS: Readonly<Record<string, Sink>> = {
  "util.inspect": (error) => inspect(error),
  "util.inspect, everything": (error) => inspect(error, { ...deep, showProxy: true }),
  "util.inspect of a proxy": (error) => inspect(new Proxy(error, {}), { ...deep, showProxy: true }),
  "util.inspect of a rejected promise": (error) => {
    const promise = Promise.reject(error);
    promise.catch(() => undefined);
    return inspect(promise, deep);
  },
  "util.inspect of a map": (error) => inspect(new Map([[error, new Set([error])]]), deep),
  "console.error": (error) => printed((console) => console.error(error)),
  "console.error with words": (error) => printed((console) => console.error("failed:", { error })),
  "console.dir": (error) => printed((console) => console.dir(error, deep)),
  "console.table": (error) => printed((console) => console.table([error])),
  "console.trace": (error) => printed((console) => console.trace(error)),
  "format %s": (error) => format("%s", error),
  "format %o": (error) => format("%o", error),
  "format %O": (error) => format("%O", { error }),
  "format %j": (error) => format("%j", error),
  String: (error) => String(error),
  template: (error) => `failed: ${error}`,
  "Error.prototype.toString": (error) => Error.prototype.toString.call(error),
  message: (error) => error.message,
  stack: (error) => error.stack ?? "",
  "JSON.stringify": (error) => JSON.stringify(error),
  "JSON.stringify, nested": (error) => JSON.stringify({ errors: [{ error }] }),
  "JSON.stringify of a copy": (error) => JSON.stringify({ ...error, message: error.message }),
  "a serializer of errors": serialized,
  structuredClone: (error) => inspect(structuredClone(error), deep),
  "v8.serialize": (error) => {
    const bytes = serialize(error);
    return bytes.toString("latin1") + utf16(bytes) + utf16(bytes.subarray(1));
  },
  postMessage: posted,
  "an event": dispatched,
  "an event without listeners": (error) =>
    complaintOf(() => new EventEmitter().emit("error", error)),
  "every name, symbol, getter and prototype": walk,
  "a debugger": debugged,
  "the chain of causes": causes,
  "the cause of another": (error) => inspect(new Error("outer", { cause: error }), deep),
  "an AggregateError": (error) => inspect(new AggregateError([error], "several"), deep),
  "assert.deepEqual": (error) => complaintOf(() => deepEqual({ error }, { error: 1 })),
  "assert.equal": (error) => complaintOf(() => equal(error, 1)),
};

/** By the decoder: Node 24 loses its memory over the same with a buffer that begins at an odd place. */
function utf16(bytes: Uint8Array): string {
  return new TextDecoder("utf-16le").decode(bytes);
}
