/**
 * SVG text from the server becomes elements of the page only through this allow-list:
 * every element is made anew and gets only known attributes with plain values, so no
 * script, handler, link, style sheet or foreign content can come through.
 */

import { SVG, svg } from "../dom.js";

const ELEMENTS = new Set(
  "svg g path polygon polyline ellipse circle rect line text tspan".split(" "),
);
const ATTRIBUTES = new Set(
  ("class transform viewBox d points x y dx dy x1 y1 x2 y2 cx cy r rx ry width height " +
    "fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap " +
    "stroke-linejoin opacity text-anchor font-family font-size font-weight font-style " +
    "text-decoration").split(" "),
);
const PLAIN_VALUE = /^[\w\s.,#%()+\-"'\u0980-\u09ff]*$/u;
const REFERENCE = /url\s*\(/i;
const MAX_DEPTH = 32;
// Boxes are n0, n1, … for nodes, and l5_0 or m5_0 for what stands in node 5 without being one.
const NODE_ID = /^n\d+$/;
const EXTRA_ID = /^[lm](\d+)_\d+$/;
const EDGE_ID = /^e_(?:(n\d+)|[lm]\d+_\d+)_(n\d+)_\d+$/;

/**
 * @param {string} text  an SVG document
 * @returns {{root: SVGElement, width: number, height: number} | null}
 *   `root` is a group; its node groups carry `data-node`, everything between nodes
 *   `data-tail` and `data-head`. Null where the text is no SVG document or has no view box.
 */
export function readSvg(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") return null;
  const box = (parsed.getAttribute("viewBox") ?? "").trim().split(/[\s,]+/).map(Number);
  if (box.length !== 4 || !box.every(Number.isFinite) || box[2] <= 0 || box[3] <= 0) return null;
  const content = svg("g", { transform: `translate(${-box[0]} ${-box[1]})` });
  for (const child of parsed.children) {
    const copy = copyAllowed(child, 1);
    if (copy) content.append(copy);
  }
  return { root: svg("g", {}, [content]), width: box[2], height: box[3] };
}

function copyAllowed(source, depth) {
  const allowed = source.namespaceURI === SVG && ELEMENTS.has(source.localName);
  if (!allowed || depth > MAX_DEPTH) return null;
  const copy = document.createElementNS(SVG, source.localName);
  for (const { name, namespaceURI, value } of source.attributes) {
    const plain = PLAIN_VALUE.test(value) && !REFERENCE.test(value);
    if (namespaceURI === null && ATTRIBUTES.has(name) && plain) copy.setAttribute(name, value);
  }
  for (const child of source.childNodes) {
    const kept = child instanceof Element ? copyAllowed(child, depth + 1) : null;
    if (kept) copy.append(kept);
    else if (child instanceof Text) copy.append(child.data);
  }
  markPart(source, copy);
  return copy;
}

/** Node and edge groups keep who they are as data, not as ids: ids must be unique on a page. */
function markPart(source, copy) {
  if (source.localName !== "g") return;
  const edge = EDGE_ID.exec(source.id);
  const extra = EXTRA_ID.exec(source.id);
  if (NODE_ID.test(source.id)) copy.dataset.node = source.id;
  // An extra box and its arrow belong to the node they stand in.
  else if (extra) copy.dataset.tail = copy.dataset.head = `n${extra[1]}`;
  else if (edge) Object.assign(copy.dataset, { tail: edge[1] ?? edge[2], head: edge[2] });
}
