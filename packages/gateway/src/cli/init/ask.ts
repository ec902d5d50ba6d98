// The answers of `sluice init`: from options first, and then from whoever sits at the terminal.

import { isCancel, select, text } from "@clack/prompts";
import { StartError } from "../../start-error.ts";
import type { Question, Wishes } from "./questions.ts";

export type Given = Readonly<Partial<Record<keyof Wishes, string>>>;

export interface Manner {
  /** Takes what is usual for everything that was not said. */
  readonly asksNothing: boolean;
  readonly hasTerminal: boolean;
}

export async function answersTo(
  questions: readonly Question[],
  given: Given,
  { asksNothing, hasTerminal }: Manner,
): Promise<Wishes> {
  const answers: Partial<Record<keyof Wishes, string>> = {};
  const open = questions.filter(({ name }) => given[name] === undefined);
  if (open.length > 0 && !asksNothing && !hasTerminal) {
    const names = open.map(({ name }) => `--${name}`).join(", ");
    throw new StartError(
      `There is no terminal to ask in: add --yes to take what is usual, or give ${names}.`,
    );
  }
  for (const question of questions) {
    const said = given[question.name];
    const answer = said ?? (asksNothing ? question.otherwise : await ask(question));
    const fault = question.fault(answer);
    if (fault !== undefined) {
      throw new StartError(`--${question.name} is ${JSON.stringify(answer)}: ${fault}.`);
    }
    answers[question.name] = answer;
  }
  return answers as Wishes;
}

/** Standard output is the key's: KEY=$(sluice init) shows its questions all the same. */
const output = process.stderr;

async function ask({ message, otherwise, choices, fault }: Question): Promise<string> {
  const answer =
    choices === undefined
      ? await text({
          message,
          output,
          placeholder: otherwise || "none",
          defaultValue: otherwise,
          validate: (said) => (said === undefined || said === "" ? undefined : fault(said)),
        })
      : await select({
          message,
          output,
          initialValue: otherwise,
          options: choices.map(({ value, hint }) => ({ value, label: value, hint })),
        });
  if (!isCancel(answer)) return answer;
  throw new StartError("Nothing was written.");
}
