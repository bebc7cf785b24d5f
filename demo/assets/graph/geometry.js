/**
 * Where the parts of a picture are, read from their attributes as Graphviz writes them: so the
 * browser need not lay the picture out before it is decorated.
 */

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

const NUMBER = /-?\d+(?:\.\d+)?/g;
const TRANSLATE = /translate\((-?[\d.]+)[\s,]+(-?[\d.]+)\)/;

/**
 * @param {Element} group
 * @returns {Box | null} around its shapes, in its own coordinates
 */
export function boxOf(group) {
  const numbers = [...group.children].flatMap(coordinates);
  if (numbers.length < 4) return null;
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** x and y in turn of the points that a shape lies between. */
function coordinates(shape) {
  const get = (name) => Number(shape.getAttribute(name));
  if (shape.localName === "ellipse") {
    const [cx, cy, rx, ry] = [get("cx"), get("cy"), get("rx"), get("ry")];
    return [cx - rx, cy - ry, cx + rx, cy + ry];
  }
  // Graphviz writes paths with absolute M and C only: all numbers are points.
  const points = shape.getAttribute("points") ?? shape.getAttribute("d") ?? "";
  return (points.match(NUMBER) ?? []).map(Number);
}

/**
 * @param {Element} root
 * @param {Element} element
 * @param {Box} box  in the coordinates of `element`
 * @returns {Box} the same in the coordinates of `root`
 */
export function placeIn(root, element, box) {
  let { x, y } = box;
  for (let at = element.parentElement; at && at !== root; at = at.parentElement) {
    const [, dx, dy] = TRANSLATE.exec(at.getAttribute("transform") ?? "") ?? [0, 0, 0];
    x += Number(dx);
    y += Number(dy);
  }
  return { ...box, x, y };
}

/** @param {Box} box */
export function middleOf({ x, y, width, height }) {
  return { x: x + width / 2, y: y + height / 2 };
}
