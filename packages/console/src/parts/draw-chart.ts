// A chart on a canvas, which follows the size of its place and the colours of the theme.

import UPlot from "uplot";
import type { ChartLine } from "./chart-line.ts";

export interface Drawn {
  set(times: readonly number[], lines: readonly Pick<ChartLine, "values">[]): void;
  end(): void;
}

export interface Drawing {
  readonly tones: readonly string[];
  readonly show: (value: number) => string;
  readonly isStacked: boolean;
  /** Which second is pointed at. */
  onPoint(at: number | undefined): void;
}

const heightPx = 180;
const axisPx = 64;
/** Of time, however little is known yet. */
const shownLeastS = 120;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat("en-GB", {
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
});

export function drawChart(place: HTMLElement, drawing: Drawing): Drawn {
  const { tones, isStacked, onPoint } = drawing;
  let colours = coloursIn(place, tones);
  const plot = new UPlot(
    optionsOf(place, drawing, () => colours),
    undefined,
    place,
  );
  plot.hooks.setCursor = [({ cursor }) => onPoint(cursor.idx ?? undefined)];
  const recolour = () => {
    colours = coloursIn(place, tones);
    plot.redraw(false, true);
  };
  const size = new ResizeObserver(() => {
    plot.setSize({ width: place.clientWidth, height: heightPx });
  });
  size.observe(place);
  const theme = new MutationObserver(recolour);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", recolour);
  return {
    set(times, lines) {
      const values = lines.map((line) => [...line.values]);
      // What is painted last is in front: the smallest sum.
      const painted = isStacked ? stacked(values).reverse() : values;
      plot.setData([[...times], ...painted]);
    },
    end() {
      size.disconnect();
      theme.disconnect();
      system.removeEventListener("change", recolour);
      plot.destroy();
    },
  };
}

interface Colours {
  readonly lines: readonly string[];
  readonly text: string;
  readonly grid: string;
}

/** As the stylesheet has them right now: an element says what a colour of two themes comes to. */
function coloursIn(place: HTMLElement, tones: readonly string[]): Colours {
  const probe = document.createElement("span");
  place.append(probe);
  const read = (name: string) => {
    probe.className = name;
    return getComputedStyle(probe).color;
  };
  const colours = { lines: tones.map(read), text: read("quiet"), grid: read("grid-colour") };
  probe.remove();
  return colours;
}

function optionsOf(place: HTMLElement, drawing: Drawing, colours: () => Colours): UPlot.Options {
  const { tones, show, isStacked } = drawing;
  const axis: UPlot.Axis = {
    stroke: () => colours().text,
    font: "12px system-ui, sans-serif",
    grid: { stroke: () => colours().grid, width: 1 },
    ticks: { stroke: () => colours().grid, width: 1, size: 4 },
  };
  const colourOf = (at: number) => colours().lines[isStacked ? tones.length - 1 - at : at] ?? "";
  return {
    width: place.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: !isStacked } },
    scales: {
      // As a watch that has just begun fills it, too.
      x: {
        range: (_, first, last) => [Math.min(first ?? 0, (last ?? 0) - shownLeastS), last ?? 0],
      },
      y: { range: (_, __, most) => [0, Math.max(1, (most ?? 0) * 1.08)] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        values: (_, at) =>
          at.map((s) =>
            s <= 0 ? "" : (s % 60 === 0 ? clock : clockWithSeconds).format(s * 1_000),
          ),
      },
      { ...axis, size: axisPx, values: (_, at) => at.map((value) => show(value)) },
    ],
    series: [
      {},
      ...tones.map(
        (_, at): UPlot.Series => ({
          stroke: () => colourOf(at),
          ...(isStacked && { fill: () => colourOf(at) }),
          width: 1.5,
          spanGaps: false,
          points: { show: false },
        }),
      ),
    ],
  };
}

function stacked(lines: readonly (number | null)[][]): (number | null)[][] {
  let below: readonly (number | null)[] = [];
  return lines.map((values) => {
    const sums = values.map((value, at) => (value === null ? null : value + (below[at] ?? 0)));
    below = sums;
    return sums;
  });
}
