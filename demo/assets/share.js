/** The link to what a page shows, made and opened. */

/**
 * Put the address with a link in its fragment on the clipboard.
 * @param {string} link  as the server made it
 * @returns {Promise<string>} the whole address
 */
export async function copyLink(link) {
  const address = `${location.origin}${location.pathname}#${link}`;
  // Without https, and in some embedding pages, there is no clipboard: then the box has a button.
  await navigator.clipboard?.writeText(address).catch(() => {});
  return address;
}

/**
 * Take the link out of the address, so that a reload shows what has become of it meanwhile.
 * @param {string} browser
 * @param {unknown[]} others  the box for the link, and what else the page is opened with
 * @returns {unknown[]} the browser's key, the link or "", and the rest
 */
export function takeLink(browser, ...others) {
  const link = location.hash.slice(1);
  if (link) history.replaceState(history.state, "", location.pathname + location.search);
  // A link that is pasted into the address of an open page loads nothing by itself.
  window.onhashchange = () => location.hash.length > 1 && location.reload();
  return [browser, link, ...others.slice(1)];
}
