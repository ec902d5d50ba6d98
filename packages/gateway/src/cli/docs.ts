// `sluice docs`: what callers read, from a contract to a folder that any host of static files can serve.

import { siteOf } from "../docs/site.ts";
import { writeSite } from "../docs/write-site.ts";
import { StartError } from "../start-error.ts";
import type { TypedFor } from "./command/commands.ts";
import { contractOf } from "./contract-of.ts";
import { faint, loud, say } from "./say.ts";

export async function docs(
  contract = ".",
  { out = "docs-site", base, force = false }: Omit<TypedFor<"docs">, "behind">,
): Promise<void> {
  const api = await contractOf(contract);
  const { title, docs: address } = api.wire.about;
  const root = base === undefined ? basePathOf(address) : checkedBase(base);
  say(`Writing the documents of ${loud(title)} …`);
  const { files, bytes } = write(api, root, out, force);
  say(`${loud(`${out}/`)} has ${files} files, ${Math.ceil(bytes / 1_024)} KiB.`);
  say(`${faint("Look at them:")}  npx http-server ${out}`);
  say(
    `${faint("Publish them:")}  copy the folder to any host of static files, to be found at ${root}`,
  );
}

function write(api: Parameters<typeof siteOf>[0], base: string, out: string, force: boolean) {
  try {
    return writeSite(siteOf(api, { base }), out, force);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${out} cannot be written (${reason}): name another folder behind --out.`);
  }
}

/** The path of the address that the contract gives for its documents. */
function basePathOf(address = "/"): string {
  const { pathname } = new URL(address, "http://localhost");
  return pathname.endsWith("/") ? pathname : `${pathname}/`;
}

function checkedBase(base: string): string {
  if (/^(?:\/[A-Za-z0-9._~-]+)*\/?$/.test(base) && base !== "") {
    return base.endsWith("/") ? base : `${base}/`;
  }
  throw new StartError(
    `--base ${base} is no path: write where the site will be found on its host, such as /docs/.`,
  );
}
