/** Values as Python writes them. */

export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | { readonly [name: string]: PythonValue };

const COLUMNS = 96;

/** On one line; lists are tuples. JSON's strings are Python's, too. */
export function literal(value: PythonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "string") return JSON.stringify(value);
  if (isList(value)) {
    const [first, ...rest] = value.map(literal);
    if (first === undefined) return "()";
    return rest.length === 0 ? `(${first},)` : `(${[first, ...rest].join(", ")})`;
  }
  const members = Object.entries(value).map(([name, one]) => `${literal(name)}: ${literal(one)}`);
  return `{${members.join(", ")}}`;
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}

/** A text on as many lines as it needs, each a string of its own, which Python joins. */
export function longText(text: string, indent: string): string {
  const lines = wrapped(text, COLUMNS - indent.length - 3);
  return lines
    .map((line, index) => literal(index < lines.length - 1 ? `${line} ` : line))
    .join(`\n${indent}`);
}

/** A docstring, whatever the text holds. */
export function docstring(text: string, indent: string): string {
  const safe = text.replaceAll("\\", "\\\\").replaceAll('"""', "'''").replace(/"$/, "'");
  const lines = wrapped(safe, COLUMNS - indent.length - 6);
  return `${indent}"""${lines.join(`\n${indent}`)}"""`;
}

function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
