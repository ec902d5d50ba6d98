/** What came of one trace: whether the promise was kept, and what happened, in a few words. */

export type Mark = "kept" | "broken";

export interface Finding {
  readonly mark: Mark;
  readonly did: string;
}

export function finding(isKept: boolean, did: string): Finding {
  return { mark: isKept ? "kept" : "broken", did };
}
