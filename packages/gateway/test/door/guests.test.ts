// How slowly a body may come: arithmetic, with the numbers that a socket would show.

import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { type Guest, Guests } from "../../src/door/guests.ts";
import { neighbourhoodOf } from "../../src/door/neighbourhood.ts";

const bounds = { requestTimeoutMs: 10_000, uploadBytesPerSecondMin: 100 };

/** A body that somebody reads, of which so many bytes come each second; answers when it was late, if ever. */
function secondsUntilLate(bytesPerSecond: (second: number) => number, isRead = true): number {
  let late = false;
  const guests = new Guests(
    { ...bounds, connectionsPerAddressMax: 1 },
    {
      onLate: () => {
        late = true;
      },
      onHeldBack: () => undefined,
    },
  );
  const socket = Object.defineProperty(new Socket(), "bytesRead", { value: 0, writable: true });
  guests.welcome(socket);
  const guest = guests.find(socket) as Guest;
  guest.request = {
    complete: false,
    destroyed: false,
    readableFlowing: isRead,
    readableLength: 0,
  } as IncomingMessage;
  guests.lookAfter(0);
  for (let second = 1; second <= 3_600; second++) {
    Object.assign(socket, { bytesRead: socket.bytesRead + bytesPerSecond(second) });
    guests.lookAfter(1_000);
    if (late) return second;
  }
  return Number.POSITIVE_INFINITY;
}

describe("a body", () => {
  it("of which nothing comes is late after the timeout", () => {
    expect(secondsUntilLate(() => 0)).toBe(10);
  });

  it("at half the rate is late after twice the timeout", () => {
    expect(secondsUntilLate(() => 50)).toBe(20);
  });

  it("at the rate is never late", () => {
    expect(secondsUntilLate(() => 100)).toBe(Number.POSITIVE_INFINITY);
  });

  it("buys no hours of dribbling by a quick beginning", () => {
    expect(secondsUntilLate((second) => (second === 1 ? 1_000_000 : 0))).toBe(11);
  });

  it("that we do not take is not late", () => {
    expect(secondsUntilLate(() => 0, false)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("addresses that count as one", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
    ["2001:db8:1:2::6", "2001:db8:1:2::"],
    ["2001:DB8::1", "2001:db8:0:0::"],
    ["fe80::1%eth0", "fe80:0:0:0::"],
    ["::1", "0:0:0:0::"],
    ["", ""],
  ])("%s counts as %s", (address, neighbourhood) => {
    expect(neighbourhoodOf(address)).toBe(neighbourhood);
  });
});
