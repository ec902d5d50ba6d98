import { describeExplanations } from "./explanations.ts";

describeExplanations("memory");
describeExplanations("a file");
