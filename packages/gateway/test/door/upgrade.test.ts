// A connection that Node's door has let another protocol have: counted, bounded and closed like any other.

import { VirtualClock } from "sluice/base";
import type { Answer, AnswerStream, Call } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { handshake } from "../upgrade/fixtures/chat.ts";
import { RawConnection } from "./fixtures/raw-connection.ts";
import { json, openTestDoor } from "./fixtures/test-door.ts";
import { turns } from "./fixtures/turns.ts";

/** Says the caller's own words back; before them as much as the test wants to. */
function echoing({ upgrade }: Call, first?: Uint8Array): Answer {
  const words = first === undefined ? [] : [first];
  const body: AnswerStream = {
    next: async () => words.shift() ?? upgrade?.bytes.next().catch(() => undefined),
    cancel: () => upgrade?.bytes.cancel(),
  };
  return { status: 101, headers: [], body };
}

const options = { mayUpgrade: (target: string) => target.startsWith("/talk") };
const isOpen = (received: string) => received.includes("\r\n\r\n");

describe("an upgraded connection", () => {
  it("may be quiet for longer than a caller may take nothing, time and again", async () => {
    const answer = async (call: Call) => echoing(call);
    const { port } = await openTestDoor({ ...options, answer, bounds: { stalledMs: 20 } });
    const caller = await RawConnection.open(port);
    caller.write(handshake("/talk"));
    await caller.until(isOpen);
    let timeouts = 0;
    caller.socket.setTimeout(60).on("timeout", () => timeouts++);
    await turns(() => timeouts > 0);
    caller.write("still here");
    await caller.until((received) => received.endsWith("still here"));
  });

  it("whose caller takes nothing is ended, also if it was quiet before", async () => {
    const large = Buffer.alloc(50_000_000);
    const answer = async (call: Call) => {
      const first = call.target === "/talk/large" ? large : undefined;
      return echoing(call, first);
    };
    const { port, door } = await openTestDoor({ ...options, answer, bounds: { stalledMs: 50 } });
    const caller = await RawConnection.open(port);
    caller.socket.pause();
    caller.write(handshake("/talk/large"));
    await turns(() => door.connections === 1);
    await turns(() => door.connections === 0);
    const late = await RawConnection.open(port);
    late.write(handshake("/talk"));
    await late.until(isOpen);
    let timeouts = 0;
    late.socket.setTimeout(120).on("timeout", () => timeouts++);
    await turns(() => timeouts > 0);
    late.socket.pause();
    late.socket.write(large);
    await turns(() => door.connections === 0);
  });

  it("that has been ended lets its caller, who still speaks, hear the last words in peace", async () => {
    const words = [Buffer.from("goodbye")];
    const body: AnswerStream = { next: async () => words.shift(), cancel: () => undefined };
    const answer = async () => ({ status: 101, headers: [], body });
    const { port } = await openTestDoor({ ...options, answer });
    const { socket, closed } = await RawConnection.open(port, true);
    const errors: Error[] = [];
    socket.on("error", (error) => errors.push(error));
    const ended = new Promise((resolve) => socket.once("end", resolve));
    socket.write(handshake("/talk"));
    await ended;
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => socket.write("and another thing", resolve));
      let turn = 0;
      await turns(() => turn++ > 50);
    }
    expect(errors).toEqual([]);
    socket.end();
    await closed;
  });

  it("that has been ended is closed, however long its caller keeps its half open", async () => {
    const body: AnswerStream = { next: async () => undefined, cancel: () => undefined };
    const answer = async () => ({ status: 101, headers: [], body });
    const { port, door } = await openTestDoor({ ...options, answer });
    const caller = await RawConnection.open(port, true);
    caller.write(handshake("/talk"));
    await caller.until(isOpen);
    await turns(() => door.connections === 0);
  });

  it("is waited for by a door that closes, which cuts off at its grace what is still there", async () => {
    const answer = async (call: Call) => echoing(call);
    const clock = new VirtualClock();
    const { port, door } = await openTestDoor({ ...options, answer, clock });
    const caller = await RawConnection.open(port);
    caller.write(handshake("/talk"));
    await caller.until(isOpen);
    let isClosed = false;
    const over = door.close({ answersMs: 0, streamsMs: 60_000 }).then(() => {
      isClosed = true;
    });
    caller.write("still here");
    await caller.until((received) => received.endsWith("still here"));
    await clock.advance(59_999);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    await over;
    await caller.closed;
  });

  it("is asked of the whole target, and of nothing but a handshake", async () => {
    const asked: string[] = [];
    const mayUpgrade = (target: string) => asked.push(target) > 0;
    const answer = async (call: Call) => (call.upgrade ? echoing(call) : json(200, {}));
    const { port } = await openTestDoor({ mayUpgrade, answer });
    const caller = await RawConnection.open(port);
    caller.write("GET /a HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    await caller.until((received) => received.startsWith("HTTP/1.1 200 "));
    const whole = await RawConnection.open(port);
    whole.write(handshake("http://api.example/talk"));
    await whole.until((received) => received.startsWith("HTTP/1.1 400 "));
    const other = await RawConnection.open(port);
    other.write(handshake("/talk?a=/b"));
    await other.until(isOpen);
    expect(asked).toEqual(["/talk?a=/b"]);
  });
});
