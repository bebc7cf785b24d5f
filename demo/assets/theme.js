/** Light or dark: as the system has it, until somebody chooses; then as chosen, in this browser. */

const CHOSEN = "dagger-theme";

/** Called in the head of every page. Gradio has followed the system by then. */
export function followTheme() {
  const chosen = recallTheme();
  if (chosen) document.body.classList.toggle("dark", chosen === "dark");
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-theme-switch]")) turn();
  });
}

function turn() {
  const theme = document.body.classList.toggle("dark") ? "dark" : "light";
  try {
    localStorage.setItem(CHOSEN, theme);
  } catch {
    // Then the choice holds for this page.
  }
}

function recallTheme() {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null; // an embedding page may forbid storage
  }
}
