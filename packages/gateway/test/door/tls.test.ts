// The door with TLS: certificates that change while it is open, and those who cannot speak it.

import { connect as connectTcp } from "node:net";
import { connect } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCertificate } from "./fixtures/certificate.ts";
import { RawConnection } from "./fixtures/raw-connection.ts";
import { openTestDoor } from "./fixtures/test-door.ts";
import { turns } from "./fixtures/turns.ts";

interface Visit {
  readonly commonName: string;
  readonly received: string;
}

/** One request by TLS, and the name on the certificate. */
function visit(port: number, cert: string): Promise<Visit> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", ca: cert }, () => {
      socket.write("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    });
    let received = "";
    const commonName = () => String(socket.getPeerCertificate().subject?.CN ?? "");
    let name = "";
    socket.once("secureConnect", () => {
      name = commonName();
    });
    socket.on("data", (piece: Buffer) => {
      received += piece.toString();
    });
    socket.once("error", reject);
    socket.once("close", () => resolve({ commonName: name, received }));
  });
}

describe("a door with TLS", () => {
  it("answers, and shows a new certificate from the next greeting on", async () => {
    const before = createCertificate("before");
    const { port, door } = await openTestDoor({ tls: before });
    const first = await visit(port, before.cert);
    expect(first.commonName).toBe("before");
    expect(first.received).toContain("HTTP/1.1 200");
    const after = createCertificate("after");
    door.renewTls(after);
    const second = await visit(port, after.cert);
    expect(second.commonName).toBe("after");
    expect(second.received).toContain("HTTP/1.1 200");
  });

  it("closes on those who speak no TLS", async () => {
    const { port } = await openTestDoor({ tls: createCertificate("a") });
    const client = await RawConnection.open(port);
    client.write("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.closed;
    expect(client.received).toBe("");
  });

  it("closes on those who say nothing", async () => {
    const { port, door } = await openTestDoor({
      tls: createCertificate("a"),
      bounds: { headersTimeoutMs: 50 },
    });
    const silent = connectTcp({ port, host: "127.0.0.1" });
    onTestFinished(() => void silent.destroy());
    silent.resume();
    await new Promise((resolve) => silent.once("close", resolve));
    await turns(() => door.connections === 0);
  });
});
