/**
 * The way to the answer as numbered sentences; every number in them knows its node.
 * Shows the document that the server makes (see view.explanation in demo/view.py).
 */

import { html } from "./dom.js";
import { Link } from "./link.js";

/**
 * @typedef {{number: string, kind: string, node: string | null,
 *   parts: {text: string, node: string | null}[]}} Sentence
 */

const NOTHING = { items: [], empty: "", lang: "en" };

class ExplanationView {
  constructor({ element }, { channel, style }) {
    this.root = element.querySelector(".dagger-explanation");
    this.list = html("ol", { class: "ev-list" });
    this.root.append(html("style", {}, [style]), this.list);
    this.link = new Link(this.root, channel);
    this.link.hear("hover", (nodes) => this.mark("ev-lit", nodes));
    this.link.hear("select", (nodes) => this.mark("ev-selected", nodes));
    this.listen();
  }

  listen() {
    const hover = (event) => this.point("hover", event);
    const leave = () => this.link.say("hover", []);
    this.list.addEventListener("pointerover", hover);
    this.list.addEventListener("pointerleave", leave);
    this.list.addEventListener("focusin", hover);
    this.list.addEventListener("focusout", leave);
    this.list.addEventListener("click", (event) => this.point("select", event));
    this.list.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.point("select", event);
    });
  }

  /** Tell the other views which node this place of a sentence speaks of. */
  point(kind, event) {
    const node = event.target.closest("[data-node]")?.dataset.node;
    this.link.say(kind, node ? [node] : []);
    if (kind === "select") this.mark("ev-selected", node ? [node] : []);
  }

  show(value) {
    const doc = { ...NOTHING, ...(value || {}) };
    this.root.lang = doc.lang;
    const rows = doc.items.map((sentence) => this.row(sentence));
    if (!rows.length && doc.empty) rows.push(html("li", { class: "ev-note" }, [doc.empty]));
    this.list.replaceChildren(...rows);
  }

  /** @param {Sentence} sentence */
  row({ number, kind, node, parts }) {
    const about = node ? { "data-node": node, tabindex: "0" } : {};
    const text = parts.map((part) => (part.node ? html("span", { "data-node": part.node }, [part.text]) : part.text));
    return html("li", { "data-kind": kind, ...about }, [html("span", { class: "ev-number" }, [number]), html("span", {}, text)]);
  }

  mark(kind, nodes) {
    for (const element of this.list.querySelectorAll("[data-node]"))
      element.classList.toggle(kind, nodes.includes(element.dataset.node));
  }
}

/** Called by Gradio when the component appears. */
export function mountExplanationView(host, options) {
  const view = new ExplanationView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
