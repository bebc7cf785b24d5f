/** Puts the words of Gradio's own parts, which has no Bangla, into the language of the page. */

const NAMES = ["aria-label", "title", "placeholder"];
const NAMED = NAMES.map((name) => `[${name}]:not(svg *)`).join();
/** Where Gradio says words of its own; what people have written is never among them. */
const SAID = ".cell-menu button, .drop-hint, .upload-container .wrap, .upload-container .or, .toast-title, .toast-text";

/**
 * A function that translates what the page shows now; to be called again when that has changed.
 * @param {Record<string, string>} words  by what Gradio says; `{}` stands for a name
 */
export function translator(words) {
  const patterns = Object.entries(words)
    .filter(([said]) => said.endsWith("{}"))
    .map(([said, meant]) => [said.slice(0, -2), meant]);
  const translated = (said) => {
    if (Object.hasOwn(words, said)) return words[said];
    const [start, meant] = patterns.find(([start]) => said.startsWith(start)) ?? [];
    return start && meant.replace("{}", () => said.slice(start.length));
  };
  return () => {
    for (const element of document.querySelectorAll(NAMED))
      for (const name of NAMES) {
        const meant = translated(element.getAttribute(name)?.trim() ?? "");
        if (meant) element.setAttribute(name, meant);
      }
    for (const element of document.querySelectorAll(SAID))
      for (const node of element.childNodes) {
        const meant = node.nodeType === Node.TEXT_NODE && translated(node.data.trim());
        if (meant) node.data = meant;
      }
  };
}
