/** One chart: lines over steps, with a cursor that reads them out. */

import { fillIn, html, svg } from "../dom.js";
import { range, smoothed, ticks } from "./scale.js";

/**
 * @typedef {{name: string, points: [number, number][], errors?: Record<string, number>}} Series
 * @typedef {{key: string, title: string, help: string, bars?: boolean, series: Series[]}} Chart
 */

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 46;
const BOTTOM = 20;
const TOP = 8;
const RIGHT = 8;
/** A line of at most so many points shows each. */
const MARKED = 12;
/** A line of more than so many points is noise; its mean is drawn over it, of this share of them. */
const NOISY = 30;
const REACH = 1 / 12;

/**
 * @param {Chart} chart
 * @param {(value: number) => string} write
 * @param {Record<string, string>} texts
 * @returns {HTMLElement}
 */
export function drawChart(chart, write, texts) {
  // A series without points keeps its place, so that a run has one colour in all charts.
  const series = chart.series.map((one, index) => ({ ...one, index })).filter((one) => one.points.length);
  const xs = series.flatMap((one) => one.points.map(([x]) => x));
  const [low, high] = range([...(chart.bars ? [0] : []), ...series.flatMap(reached)]);
  const first = Math.min(...xs);
  const last = Math.max(...xs) + (chart.bars ? (xs[1] ?? xs[0] + 1) - xs[0] : 0);
  const across = (x) => LEFT + ((x - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const down = (y) => TOP + ((high - y) / (high - low)) * (HEIGHT - TOP - BOTTOM);

  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, [
    ...ticks(low, high, 4).flatMap((y) => [
      svg("line", { class: "cv-grid", x1: LEFT, x2: WIDTH - RIGHT, y1: down(y), y2: down(y) }),
      svg("text", { class: "cv-y", x: LEFT - 6, y: down(y) + 3.5 }, [write(y)]),
    ]),
    svg("text", { class: "cv-x", x: LEFT, y: HEIGHT - 5 }, [write(first)]),
    ...(last > first ? [svg("text", { class: "cv-x cv-end", x: WIDTH - RIGHT, y: HEIGHT - 5 }, [write(last)])] : []),
    ...series.flatMap((one) => (chart.bars ? bars(one, across, down) : line(one, across, down))),
  ]);
  const cursor = svg("line", { class: "cv-cursor", y1: TOP, y2: HEIGHT - BOTTOM, visibility: "hidden" });
  drawing.append(cursor);

  const reading = html("p", { class: "cv-reading", "aria-live": "polite" });
  const figure = html("figure", { class: "cv-chart", tabindex: "0", "data-chart": chart.key }, [
    html("figcaption", {}, [html("h4", { title: chart.help }, [chart.title]), reading]),
    drawing,
    ...(chart.series.length > 1 ? [legend(series)] : []),
  ]);
  figure.setAttribute("role", "group");
  figure.setAttribute("aria-label", `${chart.title}. ${chart.help} ${texts.keys}`);

  const steps = [...new Set(xs)].sort((a, b) => a - b);
  let place = steps.length - 1;
  const read = (quiet) => {
    const step = steps[place];
    const values = series.flatMap((one) => {
      const point = one.points.find(([x]) => x === step);
      if (!point) return [];
      const error = one.errors?.[step];
      const value = error ? `${write(point[1])} ± ${write(Number(error.toPrecision(2)))}` : write(point[1]);
      return [series.length > 1 ? `${one.name}: ${value}` : value];
    });
    const at = fillIn(chart.bars ? texts.at_length : texts.at_step, { step: write(step) });
    reading.textContent = `${at} · ${values.join(" · ")}`;
    cursor.setAttribute("visibility", quiet ? "hidden" : "visible");
    cursor.setAttribute("x1", across(step));
    cursor.setAttribute("x2", across(step));
  };
  const goTo = (index) => {
    place = Math.max(0, Math.min(steps.length - 1, index));
    read(false);
  };
  drawing.addEventListener("pointermove", (event) => {
    const box = drawing.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    goTo(nearest(steps, first + ((x - LEFT) / (WIDTH - LEFT - RIGHT)) * Math.max(1, last - first)));
  });
  const leave = () => {
    place = steps.length - 1;
    read(true);
  };
  drawing.addEventListener("pointerleave", leave);
  figure.addEventListener("blur", leave);
  figure.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: steps.length - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    goTo(moves[event.key]);
  });
  read(true);
  return figure;
}

/** Every value of a series, with how far its standard error reaches. */
function reached({ points, errors = {} }) {
  return points.flatMap(([x, y]) => [y - (errors[x] ?? 0), y + (errors[x] ?? 0)]);
}

/**
 * A line; where it has few points, they are seen, and where it has many, their mean is. A standard
 * error is a bar through its point.
 */
function line({ points, index, errors = {} }, across, down) {
  const path = (course, kind) => {
    const parts = course.map(([x, y], at) => `${at ? "L" : "M"}${across(x).toFixed(1)} ${down(y).toFixed(1)}`);
    return svg("path", { class: `cv-line cv-s${index % 6} ${kind}`, d: parts.join("") });
  };
  const marked = points.length <= MARKED ? points : [];
  const noisy = points.length > NOISY;
  return [
    path(points, noisy ? "cv-raw" : ""),
    ...(noisy ? [path(smoothed(points, Math.ceil(points.length * REACH)), "cv-mean")] : []),
    ...points.filter(([x]) => errors[x]).map(([x, y]) => {
      const ends = { x1: across(x), x2: across(x), y1: down(y - errors[x]), y2: down(y + errors[x]) };
      return svg("line", { class: `cv-error cv-s${index % 6}`, ...ends });
    }),
    ...marked.map(([x, y]) => svg("circle", { class: `cv-dot cv-s${index % 6}`, cx: across(x), cy: down(y), r: "3" })),
  ];
}

function bars({ points, index }, across, down) {
  const width = Math.max(2, ((WIDTH - LEFT - RIGHT) / points.length) * 0.7);
  return points.map(([x, y]) => {
    const size = { x: across(x), y: down(y), width, height: Math.max(0, down(0) - down(y)) };
    return svg("rect", { class: `cv-dot cv-s${index % 6}`, ...size });
  });
}

function legend(series) {
  const entries = series.map(({ name, index }) => {
    const mark = svg("svg", { viewBox: "0 0 24 8", "aria-hidden": "true" }, [
      svg("path", { class: `cv-line cv-s${index % 6}`, d: "M0 4L24 4" }),
    ]);
    return html("li", {}, [mark, name]);
  });
  return html("ul", { class: "cv-legend" }, entries);
}

function nearest(steps, wanted) {
  let best = 0;
  steps.forEach((step, index) => {
    if (Math.abs(step - wanted) < Math.abs(steps[best] - wanted)) best = index;
  });
  return best;
}
