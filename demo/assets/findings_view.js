/**
 * What is wrong with the graph, as a list: each finding with its node and its fix.
 * Shows the document that the server makes (see view.findings in demo/view.py).
 */

import { html } from "./dom.js";
import { Link } from "./link.js";

/**
 * @typedef {{code: string, severity: "error" | "warning" | "info", severity_text: string,
 *   text: string, node: string | null, node_id: string | null, fixable: boolean}} Finding
 */

const MARKS = { error: "✕", warning: "!", info: "i" };
const NOTHING = { items: [], rest: "", empty: "", lang: "en", texts: { fix: "", show: "" } };

class FindingsView {
  constructor({ element, trigger }, { channel }) {
    this.trigger = trigger;
    this.root = element.querySelector(".dagger-findings");
    this.list = html("ul", { class: "fv-list", "aria-live": "polite" });
    this.root.append(this.list);
    this.link = new Link(this.root, channel);
  }

  show(value) {
    const doc = { ...NOTHING, ...(value || {}) };
    this.root.lang = doc.lang;
    const rows = doc.items.map((finding) => this.row(finding, doc.texts));
    const note = doc.items.length ? doc.rest : doc.empty;
    if (note) rows.push(html("li", { class: "fv-note" }, [note]));
    this.list.replaceChildren(...rows);
  }

  /** @param {Finding} finding */
  row(finding, texts) {
    const mark = html("span", { class: "fv-mark", title: finding.severity_text }, [
      html("span", { "aria-hidden": "true" }, [MARKS[finding.severity] ?? ""]),
      html("span", { class: "fv-hidden" }, [`${finding.severity_text}: `]),
    ]);
    const item = html("li", { "data-severity": finding.severity, "data-code": finding.code }, [
      mark,
      html("span", { class: "fv-text" }, [finding.text]),
    ]);
    if (finding.node) {
      const { node } = finding;
      item.append(this.button(texts.show, () => this.link.say("select", [node]), finding));
      item.addEventListener("pointerenter", () => this.link.say("hover", [node]));
      item.addEventListener("pointerleave", () => this.link.say("hover", []));
    }
    if (finding.fixable) {
      const { code, node_id: id } = finding;
      const fix = () => this.trigger("action", { action: "fix", code, id });
      item.append(this.button(texts.fix, fix, finding, "fv-fix"));
    }
    return item;
  }

  button(text, act, finding, kind = "fv-show") {
    const button = html("button", { type: "button", class: kind, "aria-label": `${text}: ${finding.text}` }, [text]);
    button.addEventListener("click", act);
    return button;
  }
}

/** Called by Gradio when the component appears. */
export function mountFindingsView(host, options) {
  const view = new FindingsView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
