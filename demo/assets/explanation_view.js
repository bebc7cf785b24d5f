/**
 * The way to the answer as numbered sentences; every number in them knows its node. It can be gone
 * through step by step: then only what is known so far is shown, here and in the picture.
 * Shows the document that the server makes (see demo/inspecting/telling.py).
 */

import { html } from "./dom.js";
import { Link } from "./link.js";
import { Walk } from "./walk.js";

/**
 * @typedef {{number: string, kind: string, node: string | null, step: number,
 *   parts: {text: string, node: string | null}[]}} Sentence
 */

const NOTHING = { items: [], empty: "", lang: "en", steps: 0, known: {}, sources: {} };

class ExplanationView {
  constructor({ element }, { channel, style, texts }) {
    this.texts = texts;
    this.doc = NOTHING;
    this.root = element.querySelector(".dagger-explanation");
    this.list = html("ol", { class: "ev-list" });
    this.walk = new Walk((step) => this.goTo(step));
    this.root.append(html("style", {}, [style]), this.walk.element, this.list);
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
    this.say(kind, node);
    if (kind === "select") this.mark("ev-selected", node ? [node] : []);
  }

  say(kind, node) {
    this.link.say(kind, node ? [node] : [], this.doc.sources[node] ?? []);
  }

  show(value) {
    this.doc = { ...NOTHING, ...(value || {}) };
    const { doc } = this;
    this.root.lang = doc.lang;
    this.rows = doc.items.map((sentence) => this.row(sentence));
    const note = !this.rows.length && doc.empty;
    this.list.replaceChildren(...this.rows);
    if (note) this.list.append(html("li", { class: "ev-note" }, [doc.empty]));
    const wasWalking = this.walk.step !== null;
    this.walk.reset(doc.steps, this.texts[doc.lang] ?? this.texts.en);
    if (wasWalking) this.link.say("known", null);
  }

  /** @param {Sentence} sentence */
  row({ number, kind, node, parts }) {
    const about = node ? { "data-node": node, tabindex: "0" } : {};
    const text = parts.map((part) => (part.node ? html("span", { "data-node": part.node }, [part.text]) : part.text));
    return html("li", { "data-kind": kind, ...about }, [html("span", { class: "ev-number" }, [number]), html("span", {}, text)]);
  }

  /** @param {number | null} step  show what is known after it; null: everything */
  goTo(step) {
    const { items, known } = this.doc;
    items.forEach((sentence, place) => {
      this.rows[place].hidden = step !== null && sentence.step > step;
    });
    const nodes = Object.keys(known).filter((dom) => known[dom] <= step);
    this.link.say("known", step === null ? null : nodes);
    const now = step ? items.findIndex((sentence) => sentence.step === step && sentence.node) : -1;
    this.mark("ev-lit", now < 0 ? [] : [items[now].node]);
    this.say("hover", items[now]?.node);
    this.rows[now]?.scrollIntoView({ block: "nearest" });
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
