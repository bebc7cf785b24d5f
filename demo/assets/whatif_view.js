/**
 * Numbers to try: a field and a slider for each, and what moved. It sends all numbers that were
 * changed, at most so often and never before the last answer is there; so what is shown stays close
 * behind the hand, and ends with the last numbers. Shows the document of demo/inspecting/trying.py.
 */

import { fillIn, html } from "./dom.js";
import { Link } from "./link.js";

const PACE_MS = 50;
// An answer that does not come in this time is lost: the server was started anew, say.
const GIVE_UP_MS = 6000;
const NOTHING = { key: "", lang: "en", ack: 0, rows: [], moved: [], verdict: "", texts: {} };

class WhatIfView {
  constructor({ element, trigger }, { channel, style }) {
    this.trigger = trigger;
    this.doc = NOTHING;
    /** @type {Map<string, string>} numbers as they were typed, by node */
    this.tried = new Map();
    this.seq = 0;
    this.root = element.querySelector(".dagger-whatif");
    this.rows = html("div", { class: "wi-rows" });
    this.back = html("button", { type: "button", class: "wi-all" });
    this.back.addEventListener("click", () => this.reset());
    this.verdict = html("p", { class: "wi-verdict", role: "status" });
    this.moved = html("ul", { class: "wi-moved" });
    this.root.append(html("style", {}, [style]), this.verdict, this.rows, this.back, this.moved);
    this.link = new Link(this.root, channel);
    // A picture is asked for when the panel is on the screen: most visitors never look at it.
    new IntersectionObserver(([{ isIntersecting }]) => {
      this.isSeen = isIntersecting;
      this.begin();
    }).observe(this.root);
  }

  show(value) {
    const old = this.doc;
    this.doc = { ...NOTHING, ...(value || {}) };
    const { doc } = this;
    if (this.root.lang !== doc.lang) this.root.lang = doc.lang;
    if (doc.ack >= this.seq) this.answered();
    const isNew = doc.key !== old.key || doc.rows.length !== old.rows.length;
    if (isNew) this.tried.clear();
    if (isNew || doc.texts.digits !== old.texts.digits) this.build();
    this.verdict.textContent = doc.verdict;
    this.back.hidden = !doc.rows.length;
    this.back.disabled = !this.tried.size;
    this.back.textContent = doc.texts.all_back ?? "";
    this.moved.replaceChildren(...doc.moved.map((one) => this.change(one)));
    for (const row of doc.rows) this.fields.get(row.node).problem.textContent = row.problem;
    this.root.dataset.ack = String(doc.ack);
    if (isNew) this.begin();
  }

  begin() {
    if (!this.isSeen || this.begun === this.doc.key || !this.doc.key) return;
    this.begun = this.doc.key;
    this.plan();
  }

  build() {
    this.fields = new Map();
    this.rows.replaceChildren(...this.doc.rows.map((row) => this.row(row)));
  }

  row({ node, name, value, distractor, low, high, step }) {
    const { texts } = this.doc;
    const label = (which) => fillIn(texts[which], { name });
    const field = html("input", { type: "text", inputmode: "decimal", maxlength: "60", "aria-label": label("number") });
    const range = { min: String(low), max: String(high), step: String(step) };
    const slider = html("input", { type: "range", ...range, "aria-label": label("slider") });
    const back = html("button", { type: "button", title: label("back"), "aria-label": label("back") }, ["↺"]);
    const problem = html("span", { class: "wi-problem", role: "alert" });
    field.value = this.tried.get(node) ?? value;
    slider.value = this.ascii(field.value);
    field.addEventListener("input", () => {
      slider.value = this.ascii(field.value);
      this.try(node, field.value);
    });
    slider.addEventListener("input", () => {
      field.value = this.digits(slider.value);
      this.try(node, field.value);
    });
    back.addEventListener("click", () => {
      field.value = value;
      slider.value = this.ascii(value);
      this.try(node, value);
    });
    this.fields.set(node, { field, slider, problem, value });
    const tag = distractor ? [html("span", { class: "wi-tag" }, [`⊘ ${texts.distractor}`])] : [];
    const row = html("div", { class: "wi-row", "data-node": node }, [
      html("span", { class: "wi-name" }, [name, ...tag]),
      field,
      slider,
      back,
      problem,
    ]);
    row.addEventListener("pointerenter", () => this.link.say("hover", [node]));
    row.addEventListener("pointerleave", () => this.link.say("hover", []));
    row.addEventListener("focusin", () => this.link.say("hover", [node]));
    row.addEventListener("focusout", () => this.link.say("hover", []));
    return row;
  }

  change({ node, name, before, after }) {
    const item = html("li", { "data-node": node }, [fillIn(this.doc.texts.moved, { name, before, after })]);
    item.addEventListener("pointerenter", () => this.link.say("hover", [node]));
    item.addEventListener("pointerleave", () => this.link.say("hover", []));
    return item;
  }

  try(node, text) {
    if (text === this.fields.get(node).value) this.tried.delete(node);
    else this.tried.set(node, text);
    this.plan();
  }

  /** Send soon, when the last answer is there. */
  plan() {
    this.isDue = true;
    if (this.patience) return;
    const wait = Math.max(0, (this.next ?? 0) - performance.now());
    this.timer ??= setTimeout(() => this.send(), wait);
  }

  answered() {
    clearTimeout(this.patience);
    this.patience = undefined;
    if (this.isDue) this.plan();
  }

  send() {
    this.timer = undefined;
    this.isDue = false;
    this.next = performance.now() + PACE_MS;
    this.patience = setTimeout(() => this.answered(), GIVE_UP_MS);
    this.seq += 1;
    this.root.dataset.sent = String(this.seq);
    const theme = this.root.closest(".dark") ? "dark" : "light";
    const values = Object.fromEntries(this.tried);
    this.trigger("action", { action: "try", values, seq: this.seq, theme });
  }

  reset() {
    this.tried.clear();
    this.build();
    this.plan();
  }

  /** A number in the digits that the page uses. */
  digits(text) {
    return text.replace(/\d/g, (digit) => this.doc.texts.digits[digit]);
  }

  ascii(text) {
    return text.replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x9e6));
  }
}

/** Called by Gradio when the component appears. */
export function mountWhatIfView(host, options) {
  const view = new WhatIfView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
