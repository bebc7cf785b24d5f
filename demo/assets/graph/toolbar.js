/** The buttons above the picture and the keyboard help, both made from COMMANDS. */

import { html, svg } from "../dom.js";
import { COMMANDS, keyNames } from "./commands.js";
import { ICONS } from "./icons.js";

export class Toolbar {
  /** @param {(name: string) => void} run */
  constructor(run) {
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    this.element = html("div", { class: "gv-tools", role: "toolbar" });
    for (const command of COMMANDS) {
      if (!(command.name in ICONS)) continue;
      const path = svg("path", { d: ICONS[command.name] });
      const icon = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [path]);
      const button = html("button", { type: "button", "data-command": command.name }, [icon]);
      button.addEventListener("click", () => {
        if (button.ariaDisabled !== "true") run(command.name);
      });
      this.buttons.set(command.name, button);
      this.element.append(button);
    }
    this.element.addEventListener("keydown", (event) => this.walk(event));
  }

  /** One tab stop for the whole bar; arrows go from button to button. */
  walk(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { shown } = this;
    const here = shown.indexOf(event.target.closest("button"));
    this.stop(shown[(here + step + shown.length) % shown.length]);
    this.tabStop.focus();
  }

  get shown() {
    return [...this.buttons.values()].filter((button) => !button.hidden);
  }

  stop(chosen) {
    this.tabStop = chosen;
    for (const button of this.buttons.values()) button.tabIndex = button === chosen ? 0 : -1;
  }

  /**
   * @param {Record<string, string>} texts
   * @param {{editable: boolean, selected: boolean, picture: boolean,
   *   undo: boolean, redo: boolean}} state
   */
  show(texts, state) {
    this.element.setAttribute("aria-label", texts.tools ?? "");
    for (const command of COMMANDS) {
      const button = this.buttons.get(command.name);
      if (!button) continue;
      const label = texts[command.name] ?? command.name;
      button.title = `${label} (${keyNames(command)})`;
      button.setAttribute("aria-label", label);
      button.hidden = Boolean(command.edit) && !state.editable;
      // Not `disabled`: a button that goes grey under the focus would lose it.
      button.ariaDisabled = String(!isPossible(command, state));
    }
    if (!this.shown.some((button) => button === this.tabStop)) this.stop(this.shown[0]);
  }
}

function isPossible(command, state) {
  if (command.name === "undo") return state.undo;
  if (command.name === "redo") return state.redo;
  if (command.node) return state.selected;
  return ["add", "help", "full_screen"].includes(command.name) || state.picture;
}

/** A dialog that lists the keys; Esc closes it. */
export class Help {
  constructor() {
    this.title = html("h3");
    this.list = html("dl");
    this.close = html("button", { type: "button" });
    this.close.addEventListener("click", () => this.element.close());
    this.element = /** @type {HTMLDialogElement} */ (
      html("dialog", { class: "gv-help" }, [this.title, this.list, this.close])
    );
  }

  /** @param {Record<string, string>} texts */
  open(texts, editable) {
    this.element.setAttribute("aria-label", texts.help ?? "");
    this.title.textContent = texts.help ?? "";
    this.close.textContent = texts.close ?? "";
    const rows = COMMANDS.filter((command) => editable || !command.edit).flatMap((command) => [
      html("dt", {}, [html("kbd", {}, [keyNames(command)])]),
      html("dd", {}, [texts[command.name] ?? command.name]),
    ]);
    const mouse = [...(editable ? ["mouse_toggle", "mouse_handle"] : []), "mouse_zoom"];
    rows.push(...mouse.map((name) => html("dd", { class: "gv-wide" }, [texts[name] ?? ""])));
    this.list.replaceChildren(...rows);
    this.element.showModal();
  }
}
