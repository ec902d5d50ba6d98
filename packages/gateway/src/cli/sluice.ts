#!/usr/bin/env node
// The bin: says kindly what it needs, before anything is loaded that an older Node could not even read.

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isOldEnough = major > 22 || (major === 22 && minor >= 19);

if (isOldEnough) {
  const { main } = await import("./main.ts");
  await main(process.argv.slice(2));
} else {
  console.error(
    `sluice needs Node 22.19 or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
  // As exit-codes.ts says of what was refused; nothing else may be loaded here.
  process.exitCode = 2;
}
