// Asks before something that cannot be taken back.

import { confirm, isCancel } from "@clack/prompts";
import { CommandError, exitCodes } from "../exit-codes.ts";

/** @throws CommandError where it is not meant, or nobody is there to be asked */
export async function sure(message: string, isSaid: boolean | undefined): Promise<void> {
  if (isSaid) return;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    throw new CommandError(
      `This cannot be taken back, and there is no terminal to ask in: add --yes if you mean it.`,
      exitCodes.refused,
    );
  }
  const answer = await confirm({ message, initialValue: false, output: process.stderr });
  if (isCancel(answer) || !answer)
    throw new CommandError("Nothing was changed.", exitCodes.refused);
}
