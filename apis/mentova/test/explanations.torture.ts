import { describeExplanations } from "@sluice-internal/both-ways/describe-explanations";
import { subject } from "./subject.ts";

describeExplanations(subject, "servers");
