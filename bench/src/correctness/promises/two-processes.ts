/** Several processes that share a store admit no more together than one alone. */
import { burst } from "../asking.ts";
import { finding } from "../finding.ts";
import { startLimiterProcess } from "../process-limiter.ts";
import type { Row } from "../row.ts";

export const twoProcesses: Row = {
  name: "two processes at once",
  asked: "10 a window means 10 over all processes.",
  trace: "Two processes over one store are asked 30 times each at the same moment.",
  isReal: true,
  async judge(contender, stage) {
    const { rate, servers } = stage;
    if (contender.needs.length === 0) return undefined;
    const start = () => startLimiterProcess(contender, rate, servers, 0);
    const processes = await Promise.all([start(), start()]);
    await stage.windowBegins();
    const passed = await Promise.all(processes.map((one) => burst(stage, one, "crowd", 30)));
    await Promise.all(processes.map((one) => one.close?.()));
    const all = passed.reduce((sum, some) => sum + some, 0);
    return finding(all === rate.limit, `${all} of 60 passed`);
  },
};
