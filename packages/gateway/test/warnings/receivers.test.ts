// Warnings do not lead into our own network: by an address, by a name that stands for one, or by a name that does so later.

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { seededRandom, VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { createPost } from "../../src/warnings/post.ts";
import {
  isPublicAddress,
  NotPublicError,
  publicLookup,
  type Resolve,
  receiverComplaint,
} from "../../src/warnings/receivers.ts";

const OURS = [
  ...["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255"],
  ...["192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"],
  ...["::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1"],
  ...["::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1"],
];
const PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00::1"];

describe("an address", () => {
  it.each(OURS)("of our own network or of no use is told from the public internet: %s", (one) => {
    expect(isPublicAddress(one)).toBe(false);
    const host = one.includes(":") ? `[${one}]` : one;
    const complaint = receiverComplaint(`https://${host}/hooks`, false);
    expect(complaint).toBe("it is not an address of the public internet");
  });

  it.each(PUBLIC)("of the public internet is allowed: %s", (one) => {
    expect(isPublicAddress(one)).toBe(true);
    const host = one.includes(":") ? `[${one}]` : one;
    expect(receiverComplaint(`https://${host}/hooks`, false)).toBeUndefined();
  });

  it.each([
    ["https://2130706433/", "it is not an address of the public internet"],
    ["https://0x7f.1/", "it is not an address of the public internet"],
    ["https://127.1/", "it is not an address of the public internet"],
    ["http://example.com/", "it does not begin with https://"],
    ["ftp://example.com/", "it does not begin with https://"],
    ["file:///etc/passwd", "it does not begin with https://"],
    ["hooks", "it is no absolute address"],
    ["https://me:secret@example.com/", "it holds a user or a password"],
    [`https://example.com/${"x".repeat(2_048)}`, "it is longer than 2048 characters"],
  ])("that is written %s is refused", (url, complaint) => {
    expect(receiverComplaint(url, false)).toBe(complaint);
  });

  it("may be anywhere, and without TLS, where that is allowed", () => {
    expect(receiverComplaint("http://127.0.0.1:9000/hooks", true)).toBeUndefined();
    expect(receiverComplaint("https://example.com/hooks", false)).toBeUndefined();
    expect(receiverComplaint("ftp://example.com/", true)).toBe("it does not begin with https://");
  });
});

/** Names of a test, and what they stand for. */
const names =
  (known: Readonly<Record<string, readonly string[]>>): Resolve =>
  (hostname, _, callback) => {
    const addresses = known[hostname] ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };

describe("a name", () => {
  const lookUp = (addresses: readonly string[], all: boolean) =>
    new Promise<unknown>((resolve) => {
      const lookup = publicLookup(names({ "example.com": addresses }));
      lookup("example.com", { all }, (error, address, family) =>
        resolve(error ?? (all ? address : [address, family])),
      );
    });

  it("that stands for addresses of both kinds leads to the public ones only", async () => {
    const both = ["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"];
    expect(await lookUp(both, true)).toEqual([
      { address: "8.8.8.8", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ]);
    expect(await lookUp(both, false)).toEqual(["8.8.8.8", 4]);
  });

  it("that stands for our own network leads nowhere, nor does one that stands for nothing", async () => {
    for (const addresses of [["127.0.0.1", "::1"], []]) {
      for (const all of [true, false]) {
        expect(await lookUp(addresses, all)).toBeInstanceOf(NotPublicError);
      }
    }
  });

  it("is looked at when the connection is made: nothing of ours is touched", async () => {
    let touched = 0;
    const server = createServer((socket) => {
      touched++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const post = createPost({
      ...{ clock: new VirtualClock(), random: seededRandom("post"), allowPrivate: false },
      resolve: names({ "rebound.example": ["127.0.0.1"] }),
    });
    const sent = await post(`https://rebound.example:${port}/`, {}, "{}");
    expect(sent.error).toBe("not sent: its name stands for no address of the public internet");
    const written = await post(`https://127.0.0.1:${port}/`, {}, "{}");
    expect(written.error).toBe("not sent: it is not an address of the public internet");
    expect(touched).toBe(0);
    await post.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
