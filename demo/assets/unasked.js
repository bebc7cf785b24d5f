/** A question that is typed and not asked yet: kept for a reload, by the browser and in this tab. */

const TYPED = "dagger-typed";

/** Called in the head of every page. */
export function keepTyped() {
  window.addEventListener("pagehide", keep);
  // A phone may end a page that is out of sight without another word.
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}

/** @returns {string} JSON: what was typed, and the question it was to take the place of; or "" */
export function typedBefore() {
  try {
    return sessionStorage.getItem(TYPED) ?? "";
  } catch {
    return ""; // an embedding page may forbid storage
  }
}

function keep() {
  const typed = document.querySelector("#question textarea")?.value;
  const asked = document.querySelector("#numbers .dagger-question")?.dataset.question;
  // Until the server has said what was asked, nobody knows what is new.
  if (typed === undefined || asked === undefined) return;
  try {
    if (typed.trim() && typed.trim() !== asked.trim()) {
      sessionStorage.setItem(TYPED, JSON.stringify([typed, asked]));
    } else {
      sessionStorage.removeItem(TYPED);
    }
  } catch {
    // Then it is lost with the page.
  }
}
