/** The drawn picture: its elements, their marks (selected, lit, pending) and its geometry. */

import { svg } from "../dom.js";
import { boxOf, middleOf, placeIn } from "./geometry.js";
import { Paths } from "./paths.js";
import { readSvg } from "./safe_svg.js";

const RING_GAP = 4;
const HANDLE_RADIUS = 5;
const HANDLE_REACH = 11;

export class Scene {
  /**
   * @param {HTMLElement} stage
   * @param {import("./viewport.js").Viewport} viewport
   */
  constructor(stage, viewport) {
    Object.assign(this, { stage, viewport });
    /** @type {string[] | null} */
    this.known = null;
    this.canvas = svg("svg", { class: "gv-canvas" });
    stage.append(this.canvas);
    this.clear();
  }

  clear() {
    this.text = "";
    this.paths = new Paths([]);
    /** @type {Map<string, SVGGElement>} */
    this.elements = new Map();
    /** @type {Map<string, import("./geometry.js").Box>} in the picture's coordinates */
    this.boxes = new Map();
    /** @type {SVGGElement[]} */
    this.edges = [];
    this.canvas.replaceChildren();
  }

  get isEmpty() {
    return this.elements.size === 0;
  }

  /**
   * @param {{svg: string, nodes: import("./paths.js").PictureNode[], editable: boolean}} doc
   * @param {{isNew: boolean, anchor: string | null, handleHint: string}} how
   *   `anchor`: the node that stays where it is on the screen
   * @returns {boolean} false where there was no picture to read
   */
  draw(doc, { isNew, anchor, handleHint }) {
    const old = { node: this.paths.nodes.get(anchor), box: this.boxes.get(anchor) };
    const picture = doc.svg === this.text && !isNew ? null : readSvg(doc.svg);
    if (!picture && doc.svg !== this.text) {
      this.clear();
      return false;
    }
    this.paths = new Paths(doc.nodes);
    if (picture) {
      this.text = doc.svg;
      this.collect(picture.root, doc.editable ? handleHint : null);
      this.viewport.show(picture, isNew);
      if (!isNew) this.viewport.keep(old.box, this.boxes.get(this.paths.successor(old.node)));
    }
    for (const [dom, element] of this.elements) {
      describe(element, this.paths.nodes.get(dom));
      element.classList.toggle("gv-marked", doc.marked.includes(dom));
    }
    if (picture) this.canvas.replaceChildren(picture.root);
    return true;
  }

  /** Find the parts; give every node a ring (selection, focus) and, to edit it, a handle. */
  collect(root, handleHint) {
    this.elements = new Map();
    this.boxes = new Map();
    for (const group of root.querySelectorAll("[data-node]")) {
      const { node: dom } = group.dataset;
      const box = boxOf(group);
      if (!box || !this.paths.nodes.has(dom)) continue;
      this.elements.set(dom, group);
      this.boxes.set(dom, placeIn(root, group, box));
      group.classList.add("gv-node");
      group.append(ring(box));
      if (handleHint) group.append(handle(box, handleHint));
    }
    this.edges = [...root.querySelectorAll("[data-tail]")];
    this.know(this.known);
  }

  /**
   * Show only nodes that are known so far, and what is between them.
   * @param {string[] | null} doms  null: all
   */
  know(doms) {
    this.known = doms;
    const unknown = (dom) => doms !== null && !doms.includes(dom);
    for (const [dom, element] of this.elements) {
      element.classList.toggle("gv-unknown", unknown(dom));
    }
    for (const edge of this.edges) {
      edge.classList.toggle("gv-unknown", unknown(edge.dataset.tail) || unknown(edge.dataset.head));
    }
  }

  /**
   * @param {{selected: string | null, current: string | null, hovered: string[],
   *   pending: string[]}} state  `current` is the node that Tab reaches
   */
  mark({ selected, current, hovered, pending }) {
    for (const [dom, element] of this.elements) {
      setOrRemove(element, "aria-current", dom === selected ? "true" : null);
      element.setAttribute("tabindex", dom === current ? "0" : "-1");
      element.classList.toggle("gv-pending", pending.includes(dom));
    }
    this.light(hovered.filter((dom) => this.elements.has(dom)));
  }

  /** Show what the nodes depend on and what depends on them; the rest steps back. */
  light(doms) {
    const up = union(doms.map((dom) => this.paths.upstream(dom)));
    const down = union(doms.map((dom) => this.paths.downstream(dom)));
    const both = (set, edge) => set.has(edge.dataset.tail) && set.has(edge.dataset.head);
    this.canvas.classList.toggle("gv-lit", doms.length > 0);
    for (const [dom, element] of this.elements) {
      element.classList.toggle("gv-on", up.has(dom) || down.has(dom));
      element.classList.toggle("gv-at", doms.includes(dom));
    }
    for (const edge of this.edges) {
      edge.classList.toggle("gv-on", both(up, edge) || both(down, edge));
    }
  }

  /** @returns {string | null} the node with the keyboard focus */
  get focused() {
    const group = document.activeElement?.closest("[data-node]");
    return group && this.canvas.contains(group) ? group.dataset.node : null;
  }

  focus(dom) {
    const element = this.elements.get(dom);
    if (!element) return;
    element.focus({ preventScroll: true });
    this.viewport.reveal(this.boxes.get(dom));
  }

  /**
   * The node next to `dom`: parents above, children below, nodes of the same row beside it.
   * @param {string} dom
   * @param {"up" | "down" | "left" | "right"} direction
   */
  neighbour(dom, direction) {
    const linked = { up: this.paths.parentsOf(dom), down: this.paths.childrenOf(dom) }[direction];
    const side = { left: -1, right: 1 }[direction];
    const x = (other) => middleOf(this.boxes.get(other)).x;
    const gap = (other) => Math.abs(x(other) - x(dom));
    const ahead = (linked ?? this.rowOf(dom)).filter(
      (other) => this.boxes.has(other) && (!side || (x(other) - x(dom)) * side > 0),
    );
    return ahead.sort((a, b) => gap(a) - gap(b))[0] ?? null;
  }

  rowOf(dom) {
    const { y, height } = this.boxes.get(dom);
    const inRow = (box) => middleOf(box).y > y && middleOf(box).y < y + height;
    const row = [...this.boxes].filter(([other, box]) => other !== dom && inRow(box));
    return row.map(([other]) => other);
  }
}

function describe(element, node) {
  if (!node) return;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", node.text);
  let title = element.querySelector(":scope > title");
  if (!title) element.prepend((title = svg("title")));
  title.textContent = node.text;
}

function ring({ x, y, width, height }) {
  return svg("rect", {
    class: "gv-ring",
    rx: "8",
    x: String(x - RING_GAP),
    y: String(y - RING_GAP),
    width: String(width + 2 * RING_GAP),
    height: String(height + 2 * RING_GAP),
  });
}

function handle({ x, y, width, height }, hint) {
  const centre = { cx: String(x + width / 2), cy: String(y + height + RING_GAP) };
  return svg("g", { class: "gv-handle", "data-handle": "", "aria-hidden": "true" }, [
    svg("title", {}, [hint]),
    svg("circle", { class: "gv-reach", r: String(HANDLE_REACH), ...centre }),
    svg("circle", { class: "gv-dot", r: String(HANDLE_RADIUS), ...centre }),
  ]);
}

function setOrRemove(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

function union(sets) {
  return new Set(sets.flatMap((set) => [...set]));
}
