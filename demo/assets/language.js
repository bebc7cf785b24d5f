/**
 * The language of the page: told to browsers and screen readers, and remembered when somebody
 * changes it, so that the address without a language opens in the one that was chosen last.
 */

const STORED = "dagger-language";

/** Called in the head of every page, before anything is shown. */
export function speakLanguage() {
  const page = location.pathname.split("/").pop();
  const language = /^bn(-|$)/.test(page) ? "bn" : "en";
  if (language === "en" && recall() === "bn") {
    const path = page ? `./bn-${page}` : "./bn";
    location.replace(path + location.search + location.hash);
    return;
  }
  const tell = () => {
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
  };
  tell();
  // Gradio sets the language of its own words, which has no Bangla.
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ["lang"] });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[hreflang]");
    if (link) remember(link.hreflang);
  });
}

function recall() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // an embedding page may forbid storage
  }
}

function remember(language) {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Then the choice holds for this page.
  }
}
