/** The class of each code: `credits_exhausted` is a `CreditsExhaustedError`. */

/** What the file has already, or Python itself: a class of that name would take its place. */
const TAKEN = new Set([
  "ApiError",
  "ConnectionFailedError",
  "NoAnswerInTimeError",
  "UnknownError",
  "MisuseError",
  "HTTPError",
  "ArithmeticError",
  "AssertionError",
  "AttributeError",
  "BlockingIOError",
  "BrokenPipeError",
  "BufferError",
  "ChildProcessError",
  "ConnectionAbortedError",
  "ConnectionError",
  "ConnectionRefusedError",
  "ConnectionResetError",
  "EOFError",
  "EnvironmentError",
  "FileExistsError",
  "FileNotFoundError",
  "FloatingPointError",
  "IOError",
  "ImportError",
  "IndentationError",
  "IndexError",
  "InterruptedError",
  "IsADirectoryError",
  "KeyError",
  "LookupError",
  "MemoryError",
  "ModuleNotFoundError",
  "NameError",
  "NotADirectoryError",
  "NotImplementedError",
  "OSError",
  "OverflowError",
  "PermissionError",
  "ProcessLookupError",
  "RecursionError",
  "ReferenceError",
  "RuntimeError",
  "SyntaxError",
  "SystemError",
  "TabError",
  "TimeoutError",
  "TypeError",
  "UnboundLocalError",
  "UnicodeDecodeError",
  "UnicodeEncodeError",
  "UnicodeError",
  "UnicodeTranslateError",
  "ValueError",
  "ZeroDivisionError",
]);

/** Each different from the others and from what is there, always the same for the same codes. */
export function classNames(codes: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(TAKEN);
  return new Map(
    codes.map((code) => {
      const words = code.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter(Boolean);
      const joined = words.map((word) => word.charAt(0).toUpperCase() + rest(word)).join("");
      const plain = /^[A-Za-z]/.test(joined) ? joined : `Code${joined}`;
      const ended = plain.endsWith("Error") ? plain : `${plain}Error`;
      let name = ended;
      for (let other = 2; taken.has(name); other++)
        name = `Api${ended.replace(/Error$/, "")}`.concat(other === 2 ? "Error" : `${other}Error`);
      taken.add(name);
      return [code, name] as const;
    }),
  );
}

function rest(word: string): string {
  return word.slice(1).toLowerCase();
}
