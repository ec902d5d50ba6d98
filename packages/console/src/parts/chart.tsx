// Numbers over time: drawn for the eye, named and summed in a legend, and as a table of minutes for whoever wants to read them.

import { type ReactNode, useEffect, useRef, useState } from "react";
import "uplot/dist/uPlot.min.css";
import "../styles/chart.css";
import type { ChartLine, PerMinute } from "./chart-line.ts";
import { type Drawn, drawChart } from "./draw-chart.ts";
import { MinuteTable } from "./minute-table.tsx";

export interface ChartProps {
  readonly title: string;
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  /** A value with its unit. */
  readonly show: (value: number) => string;
  /** What a minute of the table comes to, with its unit. @default as `show` */
  readonly showMinute?: (value: number) => string;
  /** Areas on top of each other, in place of lines. */
  readonly isStacked?: boolean;
  readonly perMinute: PerMinute;
  readonly children?: ReactNode;
}

export function Chart(props: ChartProps): ReactNode {
  const { title, times, lines, show, showMinute = show, perMinute, children } = props;
  const [at, setAt] = useState<number>();
  const shownAt = at !== undefined && at < times.length ? at : times.length - 1;
  return (
    <section className="box chart" aria-label={title}>
      <header className="row apart">
        <h2>{title}</h2>
        {children}
      </header>
      <Drawing {...props} onPoint={setAt} />
      <ul className="legend" aria-label="Legend, with the newest second">
        {lines.map(({ name, tone, values }) => (
          <li key={name}>
            <span className={`swatch ${tone}`} aria-hidden="true" /> {name}{" "}
            <span className="number">{valueAt(values, shownAt, show)}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>As a table</summary>
        <MinuteTable {...{ title, times, lines, perMinute }} show={showMinute} />
      </details>
    </section>
  );
}

function valueAt(values: ChartLine["values"], at: number, show: ChartProps["show"]): string {
  const value = values[at];
  return value === null || value === undefined ? "–" : show(value);
}

interface DrawingProps extends ChartProps {
  onPoint(at: number | undefined): void;
}

function Drawing({
  title,
  times,
  lines,
  show,
  isStacked = false,
  onPoint,
}: DrawingProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);
  const shape = lines.map(({ name, tone }) => `${tone} ${name}`).join("\n");
  const latest = useRef({ times, lines });
  latest.current = { times, lines };
  // Another set of lines is another drawing; new numbers are not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says what of the lines matters here.
  useEffect(() => {
    if (place.current === null) return;
    const tones = latest.current.lines.map(({ tone }) => tone);
    drawn.current = drawChart(place.current, { tones, show, isStacked, onPoint });
    drawn.current.set(latest.current.times, latest.current.lines);
    return () => drawn.current?.end();
  }, [shape, show, isStacked, onPoint]);
  useEffect(() => drawn.current?.set(times, lines), [times, lines]);
  return (
    <div
      ref={place}
      className="drawing"
      role="img"
      aria-label={`${title}, drawn; the table has its numbers`}
    />
  );
}
