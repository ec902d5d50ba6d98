// The numbers of a chart by the minute, newest first.

import type { ReactNode } from "react";
import type { ChartLine, PerMinute } from "./chart-line.ts";

interface MinuteTableProps {
  readonly title: string;
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly show: (value: number) => string;
  readonly perMinute: PerMinute;
}

const minuteS = 60;
const clock = new Intl.DateTimeFormat("en-GB", {
  ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
});

export function MinuteTable({ title, times, lines, show, perMinute }: MinuteTableProps): ReactNode {
  const minutes = [...new Set(times.map((at) => at - (at % minuteS)))].reverse();
  const within = (values: readonly (number | null)[], minute: number) => {
    const known = values.filter(
      (value, at): value is number =>
        value !== null && (times[at] ?? 0) >= minute && (times[at] ?? 0) < minute + minuteS,
    );
    if (known.length === 0) return "–";
    return show(
      perMinute === "sum" ? known.reduce((sum, one) => sum + one, 0) : Math.max(...known),
    );
  };
  return (
    <div className="wide">
      <table className="table">
        <caption className="only-read">
          {title}: {perMinute === "sum" ? "sums" : "the most"} of each minute, newest first
        </caption>
        <thead>
          <tr>
            <th scope="col">{perMinute === "sum" ? "Minute" : "Minute, at most"}</th>
            {lines.map(({ name }) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {minutes.map((minute) => (
            <tr key={minute}>
              <th scope="row">{clock.format(minute * 1_000)}</th>
              {lines.map(({ name, values }) => (
                <td key={name} className="number">
                  {within(values, minute)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
