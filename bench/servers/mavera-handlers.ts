// Mavera's upstream with nothing to do: a function for each operation, each with one answer. What is
// left is the gate.

import { mavera } from "@sluice-apis/mavera/contract";
import { handlers, reply } from "sluice/gate";
import { personas, response } from "../src/mavera/answers.ts";

const unasked = () => {
  throw new Error("the benchmark asks for nothing of the kind");
};

export const maveraHandlers = handlers(mavera, {
  createResponse: () => reply(response),
  listPersonas: () => reply(personas),
  createChatCompletion: unasked,
  createMaveMessage: unasked,
  listThreads: unasked,
  getThread: unasked,
  getPersona: unasked,
  createPersona: unasked,
  createFocusGroup: unasked,
  listFocusGroups: unasked,
  getFocusGroup: unasked,
  createVideoAnalysis: unasked,
  listVideoAnalyses: unasked,
  getVideoAnalysis: unasked,
});
