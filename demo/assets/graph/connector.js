/**
 * Makes one node an argument of another: by dragging from a node's handle, or by choosing
 * a source, then a target with keys or a click. The server decides whether it may be.
 */

import { svg } from "../dom.js";

export class Connector {
  /**
   * @param {HTMLElement} stage
   * @param {(dom: string) => Element | null} elementOf
   * @param {(source: string, target: string) => void} connect
   * @param {(phase: "choose" | "cancel" | "", source: string) => void} announce
   */
  constructor(stage, elementOf, connect, announce) {
    Object.assign(this, { stage, elementOf, connect, announce });
    /** @type {string | null} the node that is to become an argument */
    this.source = null;
    this.line = svg("line", { class: "gv-band" });
    this.overlay = svg("svg", { class: "gv-overlay", "aria-hidden": "true" }, [this.line]);
    stage.addEventListener("pointerdown", (event) => this.press(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    stage.addEventListener("pointerup", (event) => this.drop(event));
    stage.addEventListener("pointercancel", () => this.cancel());
  }

  get active() {
    return this.source !== null;
  }

  press(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    this.dragging = event.pointerId;
    this.begin(handle.closest("[data-node]").dataset.node);
  }

  move(event) {
    if (!this.active || (this.dragging ?? event.pointerId) !== event.pointerId) return;
    this.point(nodeAt(event.clientX, event.clientY), event.clientX, event.clientY);
  }

  drop(event) {
    if (this.dragging !== event.pointerId) return;
    const target = nodeAt(event.clientX, event.clientY);
    // Let go where it began: a press on the handle, after which a target can be chosen.
    if (target === this.source) this.dragging = undefined;
    else this.finish(target);
  }

  /** @param {string} source */
  begin(source) {
    this.source = source;
    this.stage.dataset.connecting = "";
    this.point(null);
    this.announce("choose", source);
  }

  /** Stretch the band to a node (or to a place) and mark the node as the target. */
  point(target, x = NaN, y = NaN) {
    this.unmark();
    const from = this.elementOf(this.source);
    if (!from) return this.cancel();
    const goal = target && target !== this.source ? this.elementOf(target) : null;
    goal?.classList.add("gv-target");
    const start = middle(from, this.stage);
    const stage = this.stage.getBoundingClientRect();
    const free = Number.isNaN(x) ? start : { x: x - stage.left, y: y - stage.top };
    const end = goal ? middle(goal, this.stage) : free;
    const ends = { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
    for (const [name, value] of Object.entries(ends)) this.line.setAttribute(name, String(value));
  }

  /** @param {string | null} target */
  finish(target) {
    const { source } = this;
    if (!source || !target || target === source) return this.cancel();
    this.reset();
    this.announce("", source);
    this.connect(source, target);
  }

  cancel() {
    if (!this.active) return;
    const { source } = this;
    this.reset();
    this.announce("cancel", source);
  }

  reset() {
    this.unmark();
    this.source = null;
    this.dragging = undefined;
    delete this.stage.dataset.connecting;
  }

  unmark() {
    this.stage.querySelector(".gv-target")?.classList.remove("gv-target");
  }
}

function nodeAt(x, y) {
  return document.elementFromPoint(x, y)?.closest("[data-node]")?.dataset.node ?? null;
}

function middle(element, stage) {
  const box = element.getBoundingClientRect();
  const origin = stage.getBoundingClientRect();
  return {
    x: box.left + box.width / 2 - origin.left,
    y: box.top + box.height / 2 - origin.top,
  };
}
