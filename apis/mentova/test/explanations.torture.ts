import { describeExplanations } from "./explanations.ts";

describeExplanations("servers");
