// The whole in plain words, which can be sent on as they are.

import type { ReactNode } from "react";
import { Copy } from "../../../parts/id.tsx";

export interface WordsProps {
  readonly sentences: readonly string[];
  readonly words: string;
}

export function Words({ sentences, words }: WordsProps): ReactNode {
  return (
    <section className="box words" aria-labelledby="words-title">
      <header className="row apart">
        <h2 id="words-title">In words, to send on</h2>
        <Copy text={words} label="words" />
      </header>
      <blockquote>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </blockquote>
    </section>
  );
}
