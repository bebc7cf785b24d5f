/** What an edit changed in a graph, node by node. Shows documents.changes (demo/curating). */

import { html } from "../dom.js";
import { Link } from "../link.js";

const NOTHING = { title: "", items: [], empty: "", reset: "", lang: "en" };
const MARKS = { added: "+", removed: "−", changed: "±" };

class ChangesView {
  constructor({ element, trigger }, { style, channel }) {
    this.trigger = trigger;
    this.root = element.querySelector(".dagger-changes");
    this.title = html("p", { class: "cv-title" });
    this.list = html("ul", { class: "cv-changes" });
    this.root.append(html("style", {}, [style]), this.title, this.list);
    this.link = new Link(this.root, channel);
  }

  show(value) {
    const doc = { ...NOTHING, ...(value || {}) };
    this.root.lang = doc.lang;
    this.title.textContent = doc.items.length ? doc.title : doc.empty;
    this.list.replaceChildren(...doc.items.map((item) => this.row(item, doc)));
  }

  row(item, doc) {
    const mark = html("span", { class: "cv-mark", "aria-hidden": "true" }, [MARKS[item.kind] ?? ""]);
    const row = html("li", { "data-kind": item.kind }, [mark, html("span", {}, [item.text])]);
    if (item.node) {
      row.addEventListener("pointerenter", () => this.link.say("hover", [item.node]));
      row.addEventListener("pointerleave", () => this.link.say("hover", []));
    }
    if (!doc.reset) return row;
    const button = html("button", { type: "button", "aria-label": `${doc.reset}: ${item.text}` }, [doc.reset]);
    const { before, after } = item;
    button.addEventListener("click", () => this.trigger("action", { action: "reset", before, after }));
    row.append(button);
    return row;
  }
}

/** Called by Gradio when the component appears. */
export function mountChangesView(host, options) {
  const view = new ChangesView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
