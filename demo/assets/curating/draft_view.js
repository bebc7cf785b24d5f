/**
 * Whether what is on the desk has been saved: "saved 3 s ago", "saving …", "not saved".
 * Shows documents.draft (demo/curating). Typing counts as not saved until the server has it.
 */

import { fillIn, html } from "../dom.js";
import { listenWhileConnected } from "../link.js";

const NOTHING = { state: "none", at: 0, now: 0, texts: {}, problem: "" };
const TICK_MS = 1000;
// A field that was left without a change is answered by nothing.
const SETTLED_MS = 3000;
const DIGITS = "০১২৩৪৫৬৭৮৯";

class DraftView {
  constructor({ element }, { style, editor }) {
    this.editor = editor;
    this.doc = NOTHING;
    this.typed = 0;
    this.root = element.querySelector(".dagger-draft");
    this.said = html("span", { class: "cv-draft", role: "status" });
    this.root.append(html("style", {}, [style]), this.said);
    listenWhileConnected(this.root, "input", (event) => this.inEditor(event) && this.type());
    listenWhileConnected(this.root, "focusout", (event) => this.inEditor(event) && this.left());
    listenWhileConnected(this.root, "beforeunload", (event) => this.leave(event), window);
    const timer = setInterval(() => (this.root.isConnected ? this.paint() : clearInterval(timer)), TICK_MS);
  }

  inEditor(event) {
    return event.target instanceof Element && event.target.closest(this.editor);
  }

  type() {
    this.typed = performance.now();
    this.paint();
  }

  left() {
    if (!this.typed) return;
    const typed = this.typed;
    setTimeout(() => {
      if (this.typed === typed) this.typed = 0;
      this.paint();
    }, SETTLED_MS);
  }

  show(value) {
    this.doc = { ...NOTHING, ...(value || {}) };
    this.root.lang = this.doc.lang ?? "en";
    this.typed = 0;
    // The server's clock may be another one: count from when its word came.
    this.came = performance.now() - (this.doc.now - this.doc.at);
    this.paint();
  }

  get state() {
    if (this.typed) return "unsaved";
    if (document.querySelector(".dagger-graph[data-pending]")) return "saving";
    return this.doc.state;
  }

  paint() {
    const { state } = this;
    const { texts, lang, problem } = this.doc;
    this.said.dataset.state = state;
    const count = String(Math.max(0, Math.round((performance.now() - this.came) / 1000)));
    const seconds = lang === "bn" ? count.replace(/\d/g, (digit) => DIGITS[digit]) : count;
    const minute = Number(count) >= 60;
    const text = fillIn(texts[state === "saved" && minute ? "saved_before" : state] ?? "", { seconds, problem });
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  leave(event) {
    if (["unsaved", "saving", "failed"].includes(this.state)) event.preventDefault();
  }
}

/** Called by Gradio when the component appears. */
export function mountDraftView(host, options) {
  const view = new DraftView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
