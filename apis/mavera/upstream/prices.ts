// What the work costs, in credits. Every price follows from the input and the answer alone, so that
// the same call costs the same on every machine.

const charactersPerToken = 4;
const secondsOfShortestVideo = 10;
const secondsOfLongestVideo = 240;

export function tokensIn(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

/** 1 to 5, of `/responses` and `/chat/completions`: long conversations cost more. */
export function creditsForTokens(tokens: number): number {
  return within(1 + Math.floor(tokens / 1000), { min: 1, max: 5 });
}

/** 10 to 50: the longer the question, the deeper the research. */
export function creditsForMave(message: string): number {
  return within(10 + Math.floor(message.length / 50), { min: 10, max: 50 });
}

/** 50 to 200: 50 for ten respondents, about 73 for 25, and 2 for each question. */
export function creditsForFocusGroup(sampleSize: number, questions: number): number {
  const sample = 50 + Math.round((sampleSize - 10) * 1.5);
  return within(sample + 2 * questions, { min: 50, max: 200 });
}

/** 100 to 500, by length. */
export function creditsForVideo(seconds: number): number {
  return within(100 + Math.round((seconds * 5) / 3), { min: 100, max: 500 });
}

/** Nobody looks at the video, so its length is made up: of its address, and always the same. */
export function secondsOfVideo(url: string): number {
  let state = 0;
  for (let i = 0; i < url.length; i += 1) state = (Math.imul(state, 31) + url.charCodeAt(i)) >>> 0;
  return secondsOfShortestVideo + (state % (secondsOfLongestVideo - secondsOfShortestVideo + 1));
}

/** What the first `done` of `all` equal parts have cost: whole credits, and never past the price. */
export function costSoFar(credits: number, done: number, all: number): number {
  return Math.ceil((credits * done) / all);
}

function within(credits: number, { min, max }: { min: number; max: number }): number {
  return Math.min(Math.max(credits, min), max);
}
