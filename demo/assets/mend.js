/**
 * Mends what Gradio's own parts leave open: for people who hear a page or have no pointer, and
 * for those who read Bangla. Each only where it is.
 */

import { translator } from "./gradio_words.js";

const MENDS = {
  // A checkbox within a button, without a name: the checkbox alone is enough.
  ".bool-cell[role=button], .select-all-checkbox[role=button]": (cell) => {
    cell.removeAttribute("role");
    cell.querySelector("input")?.setAttribute("aria-label", columnOf(cell));
  },
  // Only what has a role may have a name.
  ".header-icons [aria-label]:not([role])": (icon) => icon.setAttribute("role", "img"),
  ".empty[aria-label]:not([role])": (empty) => empty.setAttribute("role", "img"),
  // A placeholder is no name.
  ".search-input:not([aria-label])": (input) => input.setAttribute("aria-label", input.placeholder),
  // Code that can be scrolled and not written must be reached with the keyboard.
  ".cm-scroller[tabindex='-1']:not(:has([contenteditable=true]))": (code) => code.setAttribute("tabindex", "0"),
  // So must a table; from its first heading, arrows go from cell to cell and scroll.
  ".table-wrap[aria-readonly=true] thead [role=columnheader]:first-child:not([tabindex='0'])": (first) => first.setAttribute("tabindex", "0"),
  // Marks of a plot that are not there need no name.
  "svg g[role=graphics-symbol]:empty": (mark) => mark.removeAttribute("role"),
};

/**
 * Called in the head of every page; goes on for as long as the page changes.
 * @param {Record<string, Record<string, string>>} words  of Gradio, by language
 */
export function mendPage(words) {
  const translate = translator(words[document.documentElement.lang] ?? {});
  let planned = 0;
  const mend = () => {
    planned = 0;
    for (const [selector, change] of Object.entries(MENDS)) document.querySelectorAll(selector).forEach(change);
    translate();
  };
  const plan = () => (planned ||= requestAnimationFrame(mend));
  const changes = { childList: true, subtree: true, attributeFilter: ["aria-label", "title", "placeholder"] };
  new MutationObserver(plan).observe(document, changes);
}

/** What the column of a cell is called. */
function columnOf(cell) {
  const here = cell.closest("[data-col], th");
  const heading = here?.dataset.col ? cell.closest("[role=grid], table, .table-wrap")?.querySelector(`[data-testid=header-${here.dataset.col}]`) : here;
  return heading?.title || cell.textContent.trim() || "✓";
}
