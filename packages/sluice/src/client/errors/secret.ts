/** The key, held so that nothing but a call of `reveal` gives it away: no member, no JSON, no inspection. */
import type { KeyFormat } from "../../contract/index.ts";
import { isSecretName, type Redact, redactText } from "../failure/redaction.ts";

export interface Secret {
  /** What may be shown: the first ten characters, and never more than a quarter of the key. */
  readonly prefix: string;
  /** The key itself, for the one header that carries it. */
  reveal(): string;
  /** Text without the key, whole or cut off, and without whatever else looks like a secret. */
  readonly redact: Redact;
  /** Headers as they may be shown: those that carry secrets with a placeholder. */
  redactHeaders(headers: Iterable<readonly [string, string]>): Readonly<Record<string, string>>;
}

const PREFIX_CHARS_MAX = 10;
const PREFIX_SHARE = 4;
/** A shorter beginning of a key stands in innocent words as well. */
const TELLING_CHARS_MIN = 6;

export function createSecret(key: string, format?: KeyFormat | undefined): Secret {
  const prefix = key.slice(0, Math.min(PREFIX_CHARS_MAX, Math.floor(key.length / PREFIX_SHARE)));
  const shown = `${prefix}...`;
  const forms = [...new Set([key, encodeURIComponent(key)])].filter((form) => form !== "");
  // Whatever goes on as the key begins: a text may have been cut within the key.
  const beginning = key.slice(0, Math.max(prefix.length, TELLING_CHARS_MIN));
  const cut =
    beginning.length < TELLING_CHARS_MIN
      ? undefined
      : new RegExp(`${escaped(beginning)}[^\\s"',;&]+`, "g");
  const redact: Redact = (text) => {
    const whole = forms.reduce((safe, form) => safe.replaceAll(form, () => shown), text);
    return redactText(cut === undefined ? whole : whole.replaceAll(cut, () => shown), format);
  };
  return Object.freeze({
    prefix,
    reveal: () => key,
    redact,
    redactHeaders: (headers: Iterable<readonly [string, string]>) =>
      Object.fromEntries(
        Array.from(headers, ([name, value]) => [
          name,
          isSecretName(name) ? "[redacted]" : redact(value),
        ]),
      ),
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w]/g, "\\$&");
}
