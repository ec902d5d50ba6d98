import { describe, expect, it } from "vitest";
import { atEndOfTurn } from "../../src/base/index.ts";

describe("the end of the turn", () => {
  it("comes after the turn's own work, and runs the tasks in order", async () => {
    const said: string[] = [];
    atEndOfTurn(() => said.push("first"));
    atEndOfTurn(() => said.push("second"));
    await Promise.resolve();
    said.push("the turn's own work");
    await new Promise<void>(atEndOfTurn);
    expect(said).toEqual(["the turn's own work", "first", "second"]);
  });

  it("gives a task that is added by a task the next one", async () => {
    const said: string[] = [];
    atEndOfTurn(() => {
      said.push("outer");
      atEndOfTurn(() => said.push("inner"));
    });
    await new Promise<void>(atEndOfTurn);
    expect(said).toEqual(["outer"]);
    await new Promise<void>(atEndOfTurn);
    expect(said).toEqual(["outer", "inner"]);
  });
});
