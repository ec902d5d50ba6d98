// The smuggling corpus: bytes that two servers in a row have been known to read differently. Each is refused, or goes on as
// exactly the request that it says here, framed anew. Cases by their names in the literature: CL.TE and TE.CL (J. Kettle,
// "HTTP Desync Attacks", 2019), TE.TE (obfuscated codings), CL.0 and client-side desync (2022), chunk extensions and
// terminators ("TE.0" and "Funky chunks", 2024-25), CVE-2024-27982 (folded lengths), CVE-2026-29057 (DELETE and OPTIONS).

export interface Smuggling {
  readonly name: string;
  /** One character a byte. */
  readonly bytes: string;
  /** What the upstream sees: method, target and body of each; none where the request is refused. */
  readonly sees: readonly string[];
  /** How it is refused. */
  readonly code?: "malformed_request" | "headers_too_large";
}

interface Line {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
}

/** A request whose lines end as they should; what is in them is another matter. */
function request(headers: readonly string[], body = "", line: Line = {}): string {
  const { method = "POST", target = "/a", version = "HTTP/1.1" } = line;
  return `${[`${method} ${target} ${version}`, "Host: a", ...headers].join("\r\n")}\r\n\r\n${body}`;
}

const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
const smuggledChunk = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
const te = "Transfer-Encoding: chunked";
const hello = "5\r\nhello\r\n0\r\n\r\n";
const code = "malformed_request";

function refused(name: string, bytes: string): Smuggling {
  return { name, bytes, sees: [], code };
}

function reframed(name: string, bytes: string, ...sees: string[]): Smuggling {
  return { name, bytes, sees };
}

/** A length and a coding: whoever believes the other one sees another end. */
const twoFramings = [
  refused("CL.TE", request(["Content-Length: 6", te], "0\r\n\r\nG")),
  refused(
    "CL.TE with a whole request",
    request(["Content-Length: 40", te], `0\r\n\r\n${smuggled}`),
  ),
  refused("TE.CL", request([te, "Content-Length: 4"], smuggledChunk)),
  refused("TE.CL, length of nothing", request([te, "Content-Length: 0"], hello)),
  refused("TE and a length in HTTP/1.0", request([te], hello + smuggled, { version: "HTTP/1.0" })),
];

/** TE.TE: a coding that only one of two servers recognises as chunked. */
const obfuscated = [
  ...["xchunked", "chunked;x=1", '"chunked"', "chunked,", ",chunked", "gzip, chunked"],
  ...["chunked, identity", "identity", "chunked, chunked", "chun ked", "\x0bchunked", ""],
  ...["chunked\x0c", "cow", "\xa0chunked", "chunk", "x chunked", "chunked\x00"],
].map((value) =>
  refused(
    `TE.TE: ${JSON.stringify(value)}`,
    request([`Transfer-Encoding: ${value}`], `0\r\n\r\n${smuggled}`),
  ),
);

const codings = [
  ...obfuscated,
  refused("two codings, the second none", request([te, "Transfer-Encoding: identity"], hello)),
  refused("two codings, the first none", request(["Transfer-Encoding: identity", te], hello)),
  refused("the same coding twice", request([te, "transfer-encoding: chunked"], hello)),
  refused("a blank before the colon", request(["Transfer-Encoding : chunked"], hello)),
  refused("a tab before the colon", request(["Transfer-Encoding\t: chunked"], hello)),
  refused("a blank before the name", request([" Transfer-Encoding: chunked"], hello)),
  refused("a coding behind a fold", request(["Transfer-Encoding:", " chunked"], hello)),
  refused("a coding behind a bare CR", request(["X: y\rTransfer-Encoding: chunked"], hello)),
  refused("a coding behind a bare LF", request(["X: y\nTransfer-Encoding: chunked"], hello)),
  refused("an underscore for the hyphen", request(["Transfer_Encoding: chunked"], hello)),
  reframed(
    "a tab before the value",
    request(["Transfer-Encoding:\tchunked"], hello),
    "POST /a hello",
  ),
  reframed(
    "capitals in the value",
    request(["Transfer-Encoding: CHUNKED"], hello),
    "POST /a hello",
  ),
];

/** A length that servers read as different numbers. */
const lengths = [
  ...["+5", "-5", "0x5", "5, 5", "5,6", "5 6", "5.0", "5e0", "5;", "", '"5"', "\xb9\xb2", "0b101"],
  ...["18446744073709551621", "9007199254740993", "99999999999999999999999999", "5\x0c", "1_0"],
].map((value) =>
  refused(
    `a length of ${JSON.stringify(value)}`,
    request([`Content-Length: ${value}`], `hello${smuggled}`),
  ),
);

const moreLengths = [
  refused("two lengths", request(["Content-Length: 5", "Content-Length: 6"], "hello!")),
  refused("the same length twice", request(["Content-Length: 5", "content-length: 5"], "hello")),
  refused("a length behind a fold", request(["Content-Length:", " 5"], "hello")),
  refused("a folded length (CVE-2024-27982)", request(["Content-Length: 5", " 0"], "hello")),
  refused("a length with an underscore", request(["Content_Length: 5"], "hello")),
  reframed(
    "a length with zeros before it",
    request(["Content-Length: 005"], "hello"),
    "POST /a hello",
  ),
  reframed(
    "no length at all: there is no body (CL.0)",
    request([], smuggled),
    "POST /a ",
    "GET /smuggled ",
  ),
  reframed(
    "GET with a body",
    request(["Content-Length: 5"], "hello", { method: "GET" }),
    "GET /a hello",
  ),
];

/** Lines that end otherwise than in CR LF, or go on where they should not. */
const lines = [
  refused("bare LF everywhere", "POST /a HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello"),
  refused("bare LF after the first line", "GET /a HTTP/1.1\nHost: a\r\n\r\n"),
  refused("bare LF after a header", "GET /a HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
  refused("bare LF for the empty line", `GET /a HTTP/1.1\r\nHost: a\r\n\n${smuggled}`),
  refused("bare CR after a header", "GET /a HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"),
  refused("a value that folds", request(["X: b", " c"])),
  refused("a value that folds by a tab", request(["X: b", "\tc"])),
  refused("a fold before any header", "GET /a HTTP/1.1\r\n X: b\r\nHost: a\r\n\r\n"),
  refused("a blank before a colon", request(["X : b"])),
  refused("a header without a name", request([": b"])),
  refused("a header without a colon", request(["X"])),
  refused("NUL in a value", request(["X: a\x00b"])),
  refused("NUL in a name", request(["X\x00: b"])),
  refused("a control character in a value", request(["X: a\x01b"])),
  refused("two hosts", request(["Host: b"])),
  refused("the same host twice", request(["host: a"])),
  refused("no host", "GET /a HTTP/1.1\r\n\r\n"),
  refused("a host with a path", "GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n"),
  refused("a host with a user", "GET /a HTTP/1.1\r\nHost: a@b\r\n\r\n"),
  refused("two hosts in one", "GET /a HTTP/1.1\r\nHost: a b\r\n\r\n"),
];

/** Chunks: sizes, extensions and ends that servers read differently. */
const badChunks = [
  ...["5;a=b\nhello\r\n0\r\n\r\n", "5;a\rb\r\nhello\r\n0\r\n\r\n", "5\nhello\n0\n\n"],
  ...["5\r\nhello\n0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n"],
  ...[" 5\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "+5\r\nhello\r\n0\r\n\r\n"],
  ...["0x5\r\nhello\r\n0\r\n\r\n", "1_0\r\nhello\r\n0\r\n\r\n", "5\rhello\r0\r\r"],
  ...["ffffffffffffffffff\r\nhello\r\n0\r\n\r\n", "10000000000000005\r\nhello\r\n0\r\n\r\n"],
  ...["5\r\nhello0\r\n\r\n", "\r\n5\r\nhello\r\n0\r\n\r\n", "zz\r\n", ";5\r\nhello\r\n0\r\n\r\n"],
].map((chunks) => refused(`chunks ${JSON.stringify(chunks)}`, request([te], chunks + smuggled)));

const chunks = [
  ...badChunks,
  refused("an endless extension", request([te], `5;${"a".repeat(20_000)}\r\nhello\r\n0\r\n\r\n`)),
  refused(
    "a length among the trailers",
    request([te], `5\r\nhello\r\n0\r\nContent-Length: 30\r\n\r\n${smuggled}`),
  ),
  refused(
    "a coding among the trailers",
    request([te], `5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n${smuggled}`),
  ),
  reframed("an extension", request([te], '5;a=b;c="d"\r\nhello\r\n0\r\n\r\n'), "POST /a hello"),
  reframed(
    "a size with zeros before it",
    request([te], "0005\r\nhello\r\n0\r\n\r\n"),
    "POST /a hello",
  ),
  reframed("many chunks", request([te], "1\r\nh\r\n4\r\nello\r\n0\r\n\r\n"), "POST /a hello"),
];

/** CVE-2026-29057: methods that seldom have a body, whose chunks were forwarded without their coding. */
const bodiesOfFewMethods = ["DELETE", "OPTIONS", "GET", "QUERY"].map((method) =>
  reframed(
    `${method} with chunks (CVE-2026-29057)`,
    request([te], smuggledChunk, { method }),
    `${method} /a ${smuggled}`,
  ),
);

const firstLines = [
  refused("HTTP/0.9", "GET /a\r\n\r\n"),
  refused("HTTP/2.0", "GET /a HTTP/2.0\r\nHost: a\r\n\r\n"),
  refused("HTTP/1.2", "GET /a HTTP/1.2\r\nHost: a\r\n\r\n"),
  refused("a method of another protocol", "DESCRIBE /a RTSP/1.0\r\nHost: a\r\n\r\n"),
  refused("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
  refused("a tab for a blank", "GET\t/a HTTP/1.1\r\nHost: a\r\n\r\n"),
  refused("another origin", request([], "", { target: "http://b/a" })),
  refused("an origin with a user", request([], "", { target: "http://x@a/a" })),
  refused("a host alone", request([], "", { method: "GET", target: "a:443" })),
  refused("a path without its slash", request([], "", { target: "a/b" })),
  refused("a fragment", request([], "", { target: "/a#b" })),
  refused("* for another method", request([], "", { method: "GET", target: "*" })),
  refused("bytes beyond ASCII", request([], "", { target: "/a\xe9" })),
  refused("NUL in the path", request([], "", { target: "/a\x00" })),
  reframed("two blanks", "GET  /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a "),
  reframed("empty lines before it", `\r\n\r\n${request([], "", { method: "GET" })}`, "GET /a "),
  reframed("its own origin", request([], "", { method: "GET", target: "http://A/a" }), "GET /a "),
];

/** Headers that would have others taken out on the way, or make something else of the connection. */
const connections = [
  ...["host", "Authorization", "close, X-API-Key", "content-length", "Transfer-Encoding"],
  ...[
    "Sluice-Caller",
    "sluice-anything",
    "X-Forwarded-For",
    "signature",
    "keep-alive,x-request-id",
  ],
].map((value) => refused(`Connection: ${value}`, request([`Connection: ${value}`])));

const spoofed = [
  refused("Sluice_Caller", request(["Sluice_Caller: {}"])),
  refused("X_API_Key", request(["X_API_Key: k"])),
  refused("Content_Length", request(["Content_Length: 3", "Content-Length: 5"], "hello")),
  refused(
    "an upgrade",
    request(["Connection: Upgrade", "Upgrade: websocket"], "", { method: "GET" }),
  ),
  refused("h2c and another", request(["Connection: Upgrade", "Upgrade: h2c, websocket"])),
  reframed(
    "h2c, and what was sent behind it",
    request(["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: x"]) +
      smuggled,
    "POST /a ",
  ),
  reframed("Connection: TE", request(["Connection: TE, close", "TE: trailers"]), "POST /a "),
];

const tooLarge: readonly Smuggling[] = [
  {
    name: "more headers than are read",
    bytes: request(Array.from({ length: 100 }, (_, i) => `X-${i}: ${i}`)),
    sees: [],
    code: "headers_too_large",
  },
  {
    name: "a coding behind more headers than are kept",
    bytes: request([...Array.from({ length: 200 }, (_, i) => `X-${i}: ${i}`), te], hello),
    sees: [],
    code: "headers_too_large",
  },
  {
    name: "longer headers than are read",
    bytes: request([`X: ${"x".repeat(17_000)}`]),
    sees: [],
    code: "headers_too_large",
  },
];

export const corpus: readonly Smuggling[] = [
  ...[...twoFramings, ...codings, ...lengths, ...moreLengths, ...lines, ...chunks],
  ...[...bodiesOfFewMethods, ...firstLines, ...connections, ...spoofed, ...tooLarge],
];
