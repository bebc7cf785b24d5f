/** Small helpers to build elements; text only ever goes in as text. */

export const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElement}
 */
export function html(tag, attributes = {}, children = []) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} [children]
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, children = []) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The language of the page, for what is shown before the server has said anything. */
export function pageLanguage() {
  return globalThis.document?.documentElement.lang === "bn" ? "bn" : "en";
}

/**
 * Put values into a sentence: `"Connect {node}"` and `{node: "x"}` give `"Connect x"`.
 * @param {string} template
 * @param {Record<string, string>} values
 */
export function fillIn(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/**
 * Move the focus to the first field of a part of the page, which may only be about to appear.
 * @param {string} id
 * @param {number} [patience]  milliseconds
 */
export function focusFirstField(id, patience = 2000) {
  const focus = () => {
    const field = document.getElementById(id)?.querySelector("input, textarea, select");
    field?.focus();
    return Boolean(field);
  };
  if (focus()) return;
  const observer = new MutationObserver(() => focus() && observer.disconnect());
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), patience);
}
