/**
 * How a training goes: its state, how far it is, and its curves. Shows the document that the
 * server makes (see demo/training/curves.py); several trainings are overlaid by having more series.
 */

import { html } from "../dom.js";
import { drawChart } from "./chart.js";
import { written } from "./scale.js";

const NOTHING = { lang: "en", head: null, charts: [], empty: "" };

class CurvesView {
  constructor({ element }, { texts, style }) {
    this.texts = texts;
    this.root = element.querySelector(".dagger-curves");
    this.head = html("div", { class: "cv-head" });
    this.grid = html("div", { class: "cv-charts" });
    this.note = html("p", { class: "cv-empty" });
    this.root.append(html("style", {}, [style]), this.head, this.note, this.grid);
    this.drawn = new Map();
  }

  show(json) {
    const doc = { ...NOTHING, ...(json ? JSON.parse(json) : {}) };
    this.root.lang = doc.lang;
    this.showHead(doc.head, written(doc.lang));
    this.note.textContent = doc.empty;
    this.note.hidden = !doc.empty;
    this.showCharts(doc);
  }

  showHead(head, write) {
    this.head.hidden = !head;
    if (!head) return this.head.replaceChildren();
    const parts = [
      html("p", { class: "cv-state" }, [
        html("strong", { "data-state": head.state }, [head.badge]),
        html("span", {}, [head.title]),
      ]),
    ];
    if (head.progress) {
      const bar = html("progress", { max: "1", value: String(head.share), "aria-label": head.progress });
      parts.push(html("p", { class: "cv-progress" }, [bar, html("span", {}, [head.progress])]));
    }
    if (head.reason) parts.push(html("p", { class: "cv-reason" }, [head.reason]));
    if (head.note) parts.push(html("p", { class: "cv-note" }, [head.note]));
    this.head.replaceChildren(...parts);
  }

  /** Only charts that have changed are drawn again, so that a cursor stays where it is. */
  showCharts(doc) {
    const write = written(doc.lang);
    const drawn = new Map();
    for (const chart of doc.charts) {
      const text = JSON.stringify([chart, doc.lang]);
      const known = this.drawn.get(chart.key);
      const same = known && known.text === text;
      drawn.set(chart.key, same ? known : { text, figure: drawChart(chart, write, this.texts[doc.lang]) });
    }
    const focused = document.activeElement?.dataset?.chart;
    this.drawn = drawn;
    this.grid.replaceChildren(...[...drawn.values()].map((one) => one.figure));
    if (focused && this.root.contains(drawn.get(focused)?.figure)) drawn.get(focused).figure.focus();
  }
}

/** Called by Gradio when the component appears. */
export function mountCurvesView(host, options) {
  const view = new CurvesView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
