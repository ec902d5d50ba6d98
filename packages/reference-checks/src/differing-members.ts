// Whether an example has the members of an answer that was given, and no others: what one of them lacks, by its place. Lists are
// compared by their first items; an empty one says nothing of its items.

export function differingMembers(example: unknown, answer: unknown, place = ""): readonly string[] {
  if (Array.isArray(example) && Array.isArray(answer)) {
    if (example.length === 0 || answer.length === 0) return [];
    return differingMembers(example[0], answer[0], `${place}/0`);
  }
  if (!isObject(example) || !isObject(answer)) return [];
  const names = new Set([...Object.keys(example), ...Object.keys(answer)]);
  return [...names].flatMap((name) => {
    const at = `${place}/${name}`;
    if (!(name in answer)) return [`${at} is never answered`];
    if (!(name in example)) return [`${at} is not in the example`];
    return differingMembers(example[name], answer[name], at);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
