// `npm run bench:bundle`: what a page ships of each client: minified and compressed, with nothing left out that it needs.

import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundled, contractPage, type PageOfOurs, plainPage } from "sluice-client-e2e/bundled";
import { runCommand } from "./options.ts";
import { atMost, counted, grouped } from "./results/cell.ts";
import type { Bar, Cell } from "./results/table.ts";
import { measureSections, type Row, type Section } from "./section.ts";

const bundleSection: Section = {
  id: "bundle",
  title: "What a page ships",
  columns: [
    { heading: "gzip bytes", better: "less" },
    { heading: "brotli bytes", better: "less" },
    "minified bytes",
  ],
  rows: [
    ours("sluice, plain calls", plainPage),
    ours("sluice, with a contract of its own", contractPage),
    peer("ky", 'export { default } from "ky";'),
    peer(
      "axios + axios-retry",
      'export { default } from "axios"; export { default as retry } from "axios-retry";',
    ),
    peer(
      "p-retry + p-queue",
      'export { default } from "p-retry"; export { default as queue } from "p-queue";',
    ),
    peer("cockatiel", 'export * from "cockatiel";'),
    peer("bottleneck", 'export { default } from "bottleneck/light.js";'),
    peer("openai SDK", 'export { default } from "openai";'),
  ],
  notes: [
    "bundled for a browser by rolldown, minified; smaller is better, and says nothing of what is in it",
    "got, undici, opossum and the AWS SDK's retries are not for pages; Effect is used by the function, not as a whole",
  ],
};

/** Held to what the client's own tests hold it to. */
function ours(name: string, { source, gzipBytesMax }: PageOfOurs): Row {
  return { name, measure: () => sizes(source, atMost(gzipBytesMax, grouped(gzipBytesMax))) };
}

function peer(name: string, source: string): Row {
  return { name, side: "peer", measure: () => sizes(source) };
}

async function sizes(source: string, bar?: Bar): Promise<readonly Cell[]> {
  const { code } = await bundled(source);
  return [
    counted(gzipSync(code).length, 0, bar),
    counted(brotliCompressSync(code).length),
    counted(Buffer.byteLength(code)),
  ];
}

await runCommand(
  { name: "bench:bundle", rowsAlways: "no other comes with it", isOnce: true },
  (options) => measureSections([bundleSection], options),
);
