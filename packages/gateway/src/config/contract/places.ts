/** The library complains of places in its own declaration; whoever wrote data wants to hear of places in the data. */

const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^(windows\.[^.]+)\.windowMs$/, "$1.within"],
  [/^(slots\.[^.]+)\.retryAfterMs$/, "$1.retryAfter"],
  [/^(operations\.[^.]+)\.deadlineMs$/, "$1.deadline"],
  [/^(operations\.[^.]+)\.bodyBytesMax$/, "$1.bodyMax"],
  [/^(operations\.[^.]+\.detaches)\.maxAgeMs$/, "$1.maxAge"],
  [/^(plans\.[^.]+\.allowance\.reset)\.everyMs$/, "$1.after"],
];

/** `about.docs` → `contract.docs`. */
export function placeInData(at: string): string {
  const about = /^about\.(\w+)$/.exec(at)?.[1];
  if (about !== undefined) return `contract.${about}`;
  return `contract.${RENAMED.reduce((place, [from, to]) => place.replace(from, to), at)}`;
}

const WORDS: readonly (readonly [string, string])[] = [
  ["retryAfter: { otherwiseMs: <milliseconds> }", 'retryAfter: { otherwise: "1s" }'],
  ["about.docs", "contract.docs"],
  ["give { pointer: … }", "give actual: { pointer: … }"],
  ["see requires.plans", "see contract.requires.plans"],
  ["leave the pointer out", "leave actual out"],
];

/** What to write, in the words of the data. */
export function wordsForData(text: string): string {
  return WORDS.reduce((words, [from, to]) => words.replaceAll(from, to), text);
}
