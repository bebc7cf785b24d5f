/** The link to what a page shows, made and opened. */

import { typedBefore } from "./unasked.js";

/** In the address of a page that shows only a picture and its explanation, inside another page. */
const EMBEDDED = "embed";

/**
 * Put the address with a link in its fragment on the clipboard.
 * @param {string} link  as the server made it
 * @returns {Promise<[string, string]>} the whole address, and HTML that puts it into another page
 */
export async function copyLink(link) {
  const page = location.origin + location.pathname;
  const address = `${page}#${link}`;
  // Without https, and in some embedding pages, there is no clipboard: then the box has a button.
  await navigator.clipboard?.writeText(address).catch(() => {});
  const frame = `<iframe src="${page}?${EMBEDDED}#${link}" title="${document.title}"`;
  return [address, `${frame} width="100%" height="620" loading="lazy"></iframe>`];
}

/**
 * Take the link out of the address, so that a reload shows what has become of it meanwhile.
 * @param {string} browser
 * @param {unknown[]} others  the boxes for the link and for what was typed, and what else the
 *   page is opened with
 * @returns {unknown[]} the browser's key, the link or "", what was typed or "", and the rest
 */
export function takeLink(browser, ...others) {
  const link = location.hash.slice(1);
  if (link) history.replaceState(history.state, "", location.pathname + location.search);
  // A link that is pasted into the address of an open page loads nothing by itself.
  window.onhashchange = () => location.hash.length > 1 && location.reload();
  document.documentElement.classList.toggle("embedded", isEmbedded());
  const brought = isEmbedded() ? `${EMBEDDED}:${link}` : link;
  return [browser, brought, typedBefore(), ...others.slice(2)];
}

function isEmbedded() {
  return new URLSearchParams(location.search).has(EMBEDDED);
}
