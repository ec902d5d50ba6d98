// One sentence of the API's published documents, and where the generated pages say the same.

/** What is said there; the page that says it here; a phrase that must be in it. */
export type Sentence = readonly [said: string, path: string, phrase: string];
