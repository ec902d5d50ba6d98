// What Node warns of and nobody who runs a gate can mend: parts of Node that we chose, and a package.json without a type
// beside a configuration in TypeScript, which is read all the same. Every other warning is shown as ever.

const TYPELESS = "MODULE_TYPELESS_PACKAGE_JSON";

export function hushNode(): void {
  const showers = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning: Error & { readonly code?: string }) => {
    if (warning.name === "ExperimentalWarning" || warning.code === TYPELESS) return;
    for (const show of showers) show.call(process, warning);
  });
  // Workers are started by us alone, and what they could warn of is their Node.
  process.env["NODE_NO_WARNINGS"] ??= "1";
}
