/**
 * What GitHub asks of a partner of its secret scanning, and the same as custom patterns for one's own organisation, whose form
 * is documented: "Secret format", "Before secret" and "After secret", in Hyperscan's part of PCRE
 * (docs.github.com, "Secret scanning partner program" and "Custom patterns reference").
 */
import type { AnyApi } from "../../contract/index.ts";
import { blocks, code, fence, list } from "../pages/markdown.ts";
import { checksumWords, type KeyPattern, keyPatterns, titleOf } from "./key-pattern.ts";

const PROGRAMME =
  "https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program";

/** A page in Markdown: for the e-mail to GitHub, and for whoever fills in the form. */
export function githubPatterns(api: AnyApi): string {
  const { docs, support } = api.wire.about;
  const checksum = checksumWords(api);
  return blocks(
    `# Keys of ${titleOf(api)}, for GitHub's secret scanning`,
    `For the [partner programme](${PROGRAMME}), send this to secret-scanning@github.com, with a test account and the address of ` +
      "your receiver. For your own organisation, make a custom pattern of each instead.",
    ...keyPatterns(api).map(section),
    "## What makes them unmistakable",
    list([
      "Each begins with a fixed text of its own.",
      "What follows is random, from a cryptographic source.",
      checksum ?? "There is no checksum: whether such a key exists only the receiver can tell.",
    ]),
    ...(docs === undefined ? [] : [`Documents: ${docs}`]),
    ...(support === undefined ? [] : [`Contact: ${support}`]),
  );
}

function section({ environment, type, secret, before, after, prefix }: KeyPattern): string {
  return blocks(
    `## ${code(type)}`,
    `Keys of the ${environment} environment; each begins with ${code(prefix)}.`,
    "Secret format:",
    fence("text", secret),
    "Before secret:",
    fence("text", before),
    "After secret:",
    fence("text", after),
  );
}
