/**
 * The question as text, with its numbers marked and linked to the nodes of the picture.
 * Shows the document that the server makes (see demo/picture.py).
 */

import { html, pageLanguage } from "./dom.js";
import { Link } from "./link.js";
import { splitAt } from "./mentions.js";

/**
 * @typedef {{start: number, end: number, use: "used" | "distractor" | "unused",
 *   nodes: string[], title: string}} Mention
 */

const USES = ["used", "distractor", "unused"];
const BLANK = { text: "", mentions: [], lang: pageLanguage(), addable: false };

class QuestionView {
  /**
   * @param {{element: HTMLElement, trigger: (event: string, data: object) => void}} host
   * @param {{channel: string, style: string,
   *   texts: Record<string, Record<string, string>>}} options
   */
  constructor({ element, trigger }, options) {
    this.options = options;
    this.trigger = trigger;
    this.doc = BLANK;
    /** @type {{element: HTMLElement, mention: Mention}[]} */
    this.marks = [];
    this.lit = [];
    this.selected = [];
    this.root = element.querySelector(".dagger-question");
    this.paragraph = html("p", { class: "qv-text" });
    this.legend = html("ul", { class: "qv-legend" });
    const style = html("style", {}, [options.style]);
    this.root.append(style, this.paragraph, this.legend);
    this.link = new Link(this.root, options.channel);
    this.link.hear("hover", (nodes, sources) => this.mark({ lit: [...nodes, ...sources] }));
    this.link.hear("select", (nodes) => this.mark({ selected: nodes }));
    this.listen();
  }

  listen() {
    const { root } = this;
    const hover = (event) => this.link.say("hover", this.mentionOf(event)?.nodes ?? []);
    const leave = () => this.link.say("hover", []);
    root.addEventListener("pointerover", hover);
    root.addEventListener("pointerleave", leave);
    root.addEventListener("focusin", hover);
    root.addEventListener("focusout", leave);
    root.addEventListener("click", (event) => this.choose(this.mentionOf(event)));
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(this.mentionOf(event));
    });
  }

  get texts() {
    return this.options.texts[this.doc.lang] ?? this.options.texts.en;
  }

  mentionOf(event) {
    return this.marks.find(({ element }) => element.contains(event.target))?.mention ?? null;
  }

  /** @param {string | null} json  a document of the server, or nothing */
  show(json) {
    this.doc = { ...BLANK, ...(json ? JSON.parse(json) : {}) };
    // For `unasked.js`, which must tell a question from none that has come yet.
    if (json) this.root.dataset.question = this.doc.text;
    const focused = this.marks.findIndex(({ element }) => element === document.activeElement);
    this.root.lang = this.doc.lang;
    this.root.setAttribute("aria-label", this.texts.question);
    const { pieces, marks } = this.split();
    this.marks = marks;
    this.paragraph.replaceChildren(...pieces);
    this.legend.replaceChildren(...this.legendItems());
    this.marks[focused]?.element.focus({ preventScroll: true });
    this.mark({});
  }

  /** The text as plain pieces and marked numbers, in order. */
  split() {
    const { text, mentions } = this.doc;
    return splitAt(text, mentions, (mention, written) => this.markElement(mention, written));
  }

  markElement(mention, text) {
    const { texts } = this;
    const offer = this.canAdd(mention) ? ` ${texts.add}` : "";
    const title = `${mention.title || texts[mention.use]}${offer}`;
    const acts = mention.nodes.length > 0 || this.canAdd(mention);
    const element = html("span", { class: "qv-mention", "data-use": mention.use, title }, [
      text,
      html("span", { class: "qv-hidden" }, [` (${title})`]),
    ]);
    if (acts) Object.assign(element, { role: "button", tabIndex: 0 });
    return element;
  }

  canAdd(mention) {
    return this.doc.addable && mention.use === "unused";
  }

  legendItems() {
    return USES.flatMap((use) => {
      const count = this.doc.mentions.filter((mention) => mention.use === use).length;
      const sample = html("span", { class: "qv-mention", "data-use": use }, [this.number(count)]);
      return count ? [html("li", {}, [sample, ` ${this.texts[use]}`])] : [];
    });
  }

  number(count) {
    return count.toLocaleString(this.doc.lang === "bn" ? "bn-BD" : "en");
  }

  /** @param {Mention | null} mention */
  choose(mention) {
    if (!mention) return;
    if (mention.nodes.length) {
      this.mark({ selected: mention.nodes });
      this.link.say("select", mention.nodes.slice(0, 1));
    } else if (this.canAdd(mention)) {
      const { start, end } = mention;
      this.trigger("action", { action: "add_mention", start, end });
    }
  }

  mark({ lit = this.lit, selected = this.selected }) {
    Object.assign(this, { lit, selected });
    for (const { element, mention } of this.marks) {
      element.classList.toggle("qv-on", mention.nodes.some((dom) => lit.includes(dom)));
      const current = mention.nodes.some((dom) => selected.includes(dom));
      if (current) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
  }
}

/** Called by Gradio when the component appears. */
export function mountQuestionView(host, options) {
  const view = new QuestionView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
