// The first page: what happens now, what is refused and to whom, and how the stores are.

import type { ReactNode } from "react";
import { Mark, type Tone } from "../../../parts/mark.tsx";
import "../../../styles/overview.css";
import "../../../styles/requests.css";
import type { LiveStatus } from "../../live/live-feed.ts";
import { useLive } from "../../live/use-live.ts";
import { SearchBox } from "../requests/search-box.tsx";
import { MostRefused } from "./most-refused.tsx";
import { NowNumbers } from "./now-numbers.tsx";
import { RecentRefusals } from "./recent-refusals.tsx";
import { StoreHealth } from "./store-health.tsx";
import { Today } from "./today.tsx";
import { TrafficCharts } from "./traffic-charts.tsx";

const words: Readonly<Record<LiveStatus, readonly [Tone, string]>> = {
  resting: ["plain", "paused"],
  connecting: ["plain", "connecting …"],
  live: ["good", "live"],
  reconnecting: ["warn", "reconnecting …"],
  not_serving: ["warn", "not live: this process serves no API"],
};

export function Overview(): ReactNode {
  const { status, seconds } = useLive();
  const [tone, said] = words[status];
  return (
    <div className="page">
      <header>
        <h1>
          Overview{" "}
          <span role="status">
            <Mark tone={tone}>{said}</Mark>
          </span>
        </h1>
        <SearchBox />
      </header>
      <NowNumbers seconds={seconds} />
      <TrafficCharts seconds={seconds} />
      <div className="overview-grid">
        <RecentRefusals />
        <MostRefused newest={seconds.at(-1)} />
        <Today />
        <StoreHealth />
      </div>
    </div>
  );
}
