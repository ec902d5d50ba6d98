// One thing to try, and how it is written as a line for a shell.

export interface Example {
  readonly title: string;
  /** Status and code, or what else to look for. */
  readonly answer: string;
  readonly command: string;
  /** Shown where the demo starts. */
  readonly telling?: boolean;
  /** Its end takes so long that whoever tries all lines may leave this one after its head. */
  readonly isSlow?: boolean;
}

/** The examples of one API. */
export interface Chapter {
  readonly title: string;
  readonly examples: readonly Example[];
}

export interface Sent {
  readonly key?: string;
  readonly method?: string;
  readonly json?: unknown;
  readonly headers?: readonly string[];
  /** What curl prints. @default headers and body */
  readonly shown?: string;
}

export const statusOnly = "-s -o /dev/null -w '%{http_code}\\n'";

/** Writes lines for one API: where it is, and how it wants its key. */
export function sender(baseUrl: string, withKey: (key: string) => string) {
  return (path: string, sent: Sent) => {
    const { key, method, json, headers = [], shown = "-i" } = sent;
    const all = key === undefined ? [...headers] : [withKey(key), ...headers];
    if (json !== undefined) all.push("Content-Type: application/json");
    const words = [
      `curl ${shown}`,
      ...(method === undefined ? [] : [`-X ${method}`]),
      ...all.map((header) => `-H ${quoted(header)}`),
      ...(json === undefined ? [] : [`-d ${quoted(JSON.stringify(json))}`]),
      quoted(`${baseUrl}${path}`),
    ];
    return words.join(" ");
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
