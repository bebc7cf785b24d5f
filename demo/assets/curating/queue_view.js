/** The lines of the queue, as a list to choose from. Shows documents.queue (demo/curating). */

import { html } from "../dom.js";

const NOTHING = { items: [], current: 0, start: 0, more: false, size: 0, place: "", texts: {}, empty: "", bar: null };
// So much of the list stays above the line it is turned to.
const ABOVE = 0.25;

class QueueView {
  constructor({ element, trigger }, { style, item }) {
    Object.assign(this, { trigger, item });
    this.root = element.querySelector(".dagger-queue");
    this.bar = html("div", { class: "cv-bar" });
    this.list = html("ol", { class: "cv-list" });
    this.pager = html("div", { class: "cv-pager" });
    this.root.append(html("style", {}, [style]), this.bar, this.list, this.pager);
  }

  show(value) {
    const doc = { ...NOTHING, ...(value || {}) };
    this.root.lang = doc.lang ?? "en";
    this.bar.replaceChildren(...(doc.bar ? this.progress(doc.bar) : []));
    const rows = doc.items.map((item) => this.row(item, doc));
    if (!rows.length && doc.empty) rows.push(html("li", { class: "cv-note" }, [doc.empty]));
    this.list.replaceChildren(...rows);
    this.pager.replaceChildren(...this.pages(doc));
    if (doc.current === this.current) return;
    this.turnTo(this.list.querySelector("[aria-current]"));
    if (this.current !== undefined && doc.current) this.bringItem();
    this.current = doc.current;
  }

  /** Another item is looked at from its top, wherever the one before was left or chosen. */
  bringItem() {
    const item = document.querySelector(this.item);
    const top = item?.getBoundingClientRect().top ?? 0;
    if (this.root.offsetParent && (top < 0 || top > innerHeight / 2)) item.scrollIntoView();
  }

  /** Scroll the list, and nothing around it, until a line is to be seen. */
  turnTo(line) {
    if (!line) return;
    const list = this.list.getBoundingClientRect();
    const { top, bottom } = line.getBoundingClientRect();
    if (top < list.top || bottom > list.bottom) this.list.scrollTop += top - list.top - ABOVE * list.height;
  }

  progress({ done, total, text }) {
    const bar = html("progress", { max: String(Math.max(1, total)), value: String(done), "aria-label": text });
    return [bar, html("span", {}, [text])];
  }

  row(item, doc) {
    const status = html("span", { class: "cv-status", "data-status": item.status }, [item.status_text]);
    const marks = html("span", { class: "cv-marks" }, [status, ...(item.note ? [item.note] : [])]);
    const text = html("span", { class: "cv-text", lang: item.lang }, [item.text]);
    const button = html("button", { type: "button", "data-question": String(item.id) }, [text, marks]);
    if (item.id === doc.current) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => this.trigger("action", { open: item.id }));
    return html("li", {}, [button]);
  }

  pages({ start, more, size, place, texts }) {
    if (!start && !more) return [];
    const turn = (text, to, possible) => {
      const button = html("button", { type: "button" }, [text]);
      button.disabled = !possible;
      button.addEventListener("click", () => this.trigger("action", { page: to }));
      return button;
    };
    return [
      turn(texts.before, Math.max(0, start - size), start > 0),
      html("span", {}, [place]),
      turn(texts.after, start + size, more),
    ];
  }
}

/** Called by Gradio when the component appears. */
export function mountQueueView(host, options) {
  const view = new QueueView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
