/**
 * The board of a class: one problem, what is to be predicted, and the reveal. What is predicted
 * stays in the page until the reveal. Shows the document of demo/teaching/board.py.
 */

import { html } from "./dom.js";
import { Link, listenWhileConnected } from "./link.js";
import { splitAt } from "./mentions.js";

const NOTHING = { key: "", lang: "en", question: "", mentions: [], rows: [], choices: [], texts: {} };
const MARKS = { right: "✓", wrong: "✗" };

class Board {
  constructor({ element, trigger }, { channel, style, stage }) {
    this.trigger = trigger;
    this.stage = stage;
    this.doc = NOTHING;
    this.marks = new Set();
    this.operations = {};
    this.root = element.querySelector(".dagger-board");
    this.place = html("span", { class: "bo-place" });
    this.score = html("span", { class: "bo-score" });
    this.full = this.button("full");
    this.asked = html("h2", { class: "bo-asked" });
    this.question = html("p", { class: "bo-question" });
    this.rows = html("ol", { class: "bo-rows" });
    this.field = html("input", { type: "text", inputmode: "decimal", maxlength: "60", class: "bo-answer" });
    this.verdict = html("p", { class: "bo-verdict", role: "status" });
    this.buttons = Object.fromEntries(["back", "reveal", "next"].map((name) => [name, this.button(name)]));
    this.field.addEventListener("keydown", (event) => event.key === "Enter" && this.reveal());
    this.root.append(
      html("style", {}, [style]),
      html("div", { class: "bo-head" }, [this.place, this.score, this.full]),
      ...[this.asked, this.question, this.rows, this.field, this.verdict],
      html("div", { class: "bo-buttons" }, Object.values(this.buttons)),
    );
    this.link = new Link(this.root, channel);
    listenWhileConnected(this.root, "keydown", (event) => this.key(event));
    listenWhileConnected(this.root, "fullscreenchange", () => this.fill(this.stageElement === document.fullscreenElement));
  }

  get stageElement() {
    return document.getElementById(this.stage);
  }

  button(name) {
    const button = html("button", { type: "button", "data-do": name });
    button.addEventListener("click", () => this.run(name));
    return button;
  }

  run(name) {
    if (name === "full") return this.toggleFull();
    if (name === "reveal") return this.reveal();
    return this.trigger("action", { action: name });
  }

  reveal() {
    const guess = { marks: [...this.marks], operations: this.operations, answer: this.field.value };
    this.trigger("action", { action: "reveal", guess });
  }

  /** The keys of a presenter: on to what comes next, and back; Escape leaves the full screen. */
  key(event) {
    if (event.key === "Escape" && this.isFull) this.fill(false);
    if (!this.doc.question || !["PageDown", "PageUp"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "PageUp") this.run("back");
    else this.run(this.doc.revealed ? "next" : "reveal");
  }

  async toggleFull() {
    if (document.fullscreenElement) return document.exitFullscreen();
    if (this.isFull) return this.fill(false);
    try {
      await this.stageElement.requestFullscreen();
    } catch {
      // An embedding page may forbid it: then the stage fills the page instead.
      this.fill(true);
    }
  }

  get isFull() {
    return Boolean(this.stageElement?.classList.contains("bo-full"));
  }

  fill(isFull) {
    this.stageElement?.classList.toggle("bo-full", isFull);
    this.full.textContent = this.texts[isFull ? "full_off" : "full"] ?? "";
  }

  show(value) {
    const isNew = (value?.key ?? "") !== this.doc.key;
    this.doc = { ...NOTHING, ...(value || {}) };
    const { doc, texts } = this;
    this.root.lang = doc.lang;
    this.root.dataset.mode = doc.mode ?? "";
    this.root.dataset.revealed = String(Boolean(doc.revealed));
    this.root.hidden = !doc.question;
    if (isNew) {
      this.marks = new Set(doc.guess?.marks ?? []);
      this.operations = { ...(doc.guess?.operations ?? {}) };
      this.field.value = doc.guess?.answer ?? "";
    }
    this.place.textContent = doc.place ?? "";
    this.score.textContent = doc.score ?? "";
    this.asked.textContent = doc.asked ?? "";
    this.verdict.textContent = doc.verdict ?? "";
    this.fill(this.isFull);
    const make = (mention, written) => this.number(mention, written);
    this.question.replaceChildren(...splitAt(doc.question, doc.mentions, make).pieces);
    this.rows.replaceChildren(...doc.rows.map((row) => this.row(row)));
    this.field.hidden = doc.mode !== "answer";
    this.field.readOnly = Boolean(doc.revealed);
    this.field.setAttribute("aria-label", texts.answer ?? "");
    this.field.placeholder = texts.answer ?? "";
    for (const [name, button] of Object.entries(this.buttons)) button.textContent = texts[name] ?? "";
    this.buttons.back.disabled = !doc.can_back;
    this.buttons.next.disabled = !doc.can_next;
    this.buttons.reveal.disabled = Boolean(doc.revealed);
    if (isNew && doc.revealed) this.buttons[doc.can_next ? "next" : "back"].focus({ preventScroll: true });
  }

  get texts() {
    return this.doc.texts;
  }

  number(mention, written) {
    const { doc, texts } = this;
    const said = this.marks.has(mention.position);
    const about = mention.node ? { "data-node": mention.node } : {};
    if (doc.mode !== "marks") return html("span", { class: "bo-number", ...about }, [written]);
    if (!doc.revealed) {
      const button = html("button", { type: "button", class: "bo-number", "aria-pressed": String(said), ...about }, [written]);
      button.addEventListener("click", () => {
        const on = !this.marks.has(mention.position);
        if (on) this.marks.add(mention.position);
        else this.marks.delete(mention.position);
        button.setAttribute("aria-pressed", String(on));
      });
      return button;
    }
    const outcome = said === mention.idle ? "right" : "wrong";
    const truth = mention.idle ? texts.idle : texts.needed;
    const words = `${truth}, ${texts[outcome]}`;
    const number = html("span", { class: "bo-number", "data-idle": String(mention.idle), "data-outcome": outcome, tabindex: "0", title: words, ...about }, [
      written,
      html("span", { class: "bo-outcome", "aria-hidden": "true" }, [MARKS[outcome]]),
      html("span", { class: "bo-hidden" }, [` (${words}) `]),
    ]);
    const light = (nodes) => this.link.say("hover", nodes);
    number.addEventListener("pointerenter", () => light(mention.node ? [mention.node] : []));
    number.addEventListener("pointerleave", () => light([]));
    return number;
  }

  row({ node, name, text, right }) {
    const { doc, texts } = this;
    const choose = html("select", { "aria-label": [name, texts.operation].filter(Boolean).join(": ") }, [
      html("option", { value: "" }, [texts.choose]),
      ...doc.choices.map(([op, title]) => html("option", { value: op }, [title])),
    ]);
    choose.value = this.operations[node] ?? "";
    choose.disabled = Boolean(doc.revealed);
    choose.addEventListener("change", () => (this.operations[node] = choose.value));
    const parts = [html("span", {}, [name && `${name}: `]), html("span", { class: "bo-sum" }, [text]), choose];
    if (doc.revealed) {
      const outcome = choose.value === right.op ? "right" : "wrong";
      parts.push(html("span", { class: "bo-truth", "data-outcome": outcome }, [`${MARKS[outcome]} ${right.title}`]));
    }
    return html("li", { "data-node": node }, parts);
  }
}

/** Called by Gradio when the component appears. */
export function mountBoard(host, options) {
  const view = new Board(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
