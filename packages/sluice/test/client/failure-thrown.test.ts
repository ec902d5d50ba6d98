// What fetch throws, by every runtime: read for whether the server can have seen anything, and whether to try again.

import { createServer } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureOfThrown } from "../../src/client/failure/connection-failure.ts";

function failed(message: string, cause?: unknown, name = "TypeError"): Error {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause });
  error.name = name;
  return error;
}

function coded(code: string, message = "it failed", more: object = {}): Error {
  return Object.assign(new Error(message), { code, ...more });
}

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** A port on which every connection meets the same end. */
async function withServer<T>(
  end: (socket: import("node:net").Socket) => void,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const server = createServer(end);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  try {
    return await use(`http://127.0.0.1:${address.port}/`);
  } finally {
    server.close();
  }
}

const neverSent = { code: "connection_failed", processed: "no", charged: "no" };
const maybeSent = { code: "connection_failed", processed: "unknown", charged: "unknown" };

describe("a failed connection", () => {
  it.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "ConnectionRefused",
  ])("proves that nothing was sent: %s", (code) => {
    expect(failureOfThrown(failed("fetch failed", coded(code)))).toMatchObject({
      source: "connection",
      status: undefined,
      advice: "backoff",
      action: "wait",
      ...neverSent,
    });
  });

  it("proves it too where the system says that it was connecting, or was trying several addresses", () => {
    const timedOut = coded("ETIMEDOUT", "connect ETIMEDOUT", { syscall: "connect" });
    expect(failureOfThrown(failed("fetch failed", timedOut))).toMatchObject(neverSent);
    const several = new AggregateError([coded("EHOSTUNREACH", "", { syscall: "connect" })]);
    expect(failureOfThrown(failed("fetch failed", several))).toMatchObject(neverSent);
    const deno = "error sending request for url (http://a/): client error (Connect): refused";
    expect(failureOfThrown(failed(deno))).toMatchObject(neverSent);
  });

  it.each([
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ])("is not tried again where the server is not trusted: %s", (code) => {
    expect(failureOfThrown(failed("fetch failed", coded(code)))).toMatchObject({
      advice: "never",
      action: "contact",
      ...neverSent,
    });
  });

  it.each(["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET", "ERR_HTTP2_STREAM_ERROR"])(
    "leaves open whether anything was done: %s",
    (code) => {
      expect(failureOfThrown(failed("fetch failed", coded(code)))).toMatchObject({
        advice: "backoff",
        ...maybeSent,
      });
    },
  );

  it.each([
    "Failed to fetch",
    "Load failed",
    "NetworkError when attempting to fetch resource.",
    "Network request failed",
    "Network connection lost.",
    "The Internet connection appears to be offline.",
    "terminated",
    "fetch failed",
  ])("is known by its words where there is nothing else: %s", (message) => {
    expect(failureOfThrown(failed(message))).toMatchObject({ advice: "backoff", ...maybeSent });
  });

  it.each([
    ["a fault of the program", new TypeError("Cannot read properties of undefined (reading 'a')")],
    ["an error without words", new Error("")],
    ["an error of which nothing is known", new Error("x")],
    ["an address that is none", failed("Failed to parse URL", coded("ERR_INVALID_URL"))],
    ["a header that is none", failed("fetch failed", coded("UND_ERR_INVALID_ARG"))],
    ["nothing", undefined],
    ["a number", 7],
  ])("is none where it is %s, and is not tried again", (_, error) => {
    expect(failureOfThrown(error)).toMatchObject({
      source: "connection",
      code: "unknown_error",
      advice: "never",
      action: "contact",
    });
  });
});

describe("a deadline of ours", () => {
  it.each([
    ["TimeoutError", new DOMException("The operation timed out", "TimeoutError")],
    ["AbortError", new DOMException("This operation was aborted", "AbortError")],
    ["undici's for the head", failed("fetch failed", coded("UND_ERR_HEADERS_TIMEOUT"))],
    ["undici's for the body", failed("terminated", coded("UND_ERR_BODY_TIMEOUT"))],
  ])("is told from a broken connection: %s", (_, error) => {
    expect(failureOfThrown(error)).toMatchObject({
      source: "timeout",
      code: "timeout",
      advice: "backoff",
      charged: "unknown",
      processed: "unknown",
    });
  });
});

describe("what this very runtime throws", () => {
  it("is understood where nobody listens", async () => {
    const address = await withServer(
      () => undefined,
      async (used) => used,
    );
    const failure = failureOfThrown(await thrownBy(fetch(address)));
    expect(failure).toMatchObject(neverSent);
    expect(failure.message).toContain("ECONNREFUSED");
  });

  it("is understood where the name does not exist", async () => {
    const failure = failureOfThrown(await thrownBy(fetch("http://nowhere.invalid/")));
    expect(failure).toMatchObject(neverSent);
  });

  it("is understood where the server hangs up", async () => {
    const failure = await withServer(
      (socket) => socket.once("data", () => socket.destroy()),
      async (address) => failureOfThrown(await thrownBy(fetch(address))),
    );
    expect(failure).toMatchObject({ advice: "backoff", ...maybeSent });
  });

  it("is understood where the server speaks something else", async () => {
    const failure = await withServer(
      (socket) => socket.end("220 mail.example ESMTP\r\n"),
      async (address) => failureOfThrown(await thrownBy(fetch(address))),
    );
    expect(failure).toMatchObject({ code: "connection_failed", processed: "unknown" });
  });

  it("is understood where our own deadline ended it", async () => {
    const failure = await withServer(
      (socket) => socket.resume(),
      async (address) => {
        const controller = new AbortController();
        const call = fetch(address, { signal: controller.signal });
        controller.abort(new DOMException("too late", "TimeoutError"));
        return failureOfThrown(await thrownBy(call));
      },
    );
    expect(failure).toMatchObject({ source: "timeout", code: "timeout" });
  });
});

describe("whatever is thrown", () => {
  const trap = new Proxy(new Error("trap"), {
    get() {
      throw new Error("sprung");
    },
  });
  const circle = failed("round", undefined);
  Object.defineProperty(circle, "cause", { value: circle });
  const long = failed("x".repeat(1_000_000));

  it.each([
    ["a trap", trap],
    ["a circle", circle],
    ["a long one", long],
    ["a revoked proxy", revoked()],
  ])("becomes a failure: %s", (_, error) => {
    const { message } = failureOfThrown(error);
    expect(message.length).toBeLessThan(600);
  });

  it("becomes a failure for anything at all", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withObjectString: true }), (error) => {
        expect(failureOfThrown(error).status).toBeUndefined();
        expect(failureOfThrown({ cause: error, code: error, message: error }).body).toBeUndefined();
      }),
    );
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
