/**
 * The keys of the Annotate page: it listens for them, shows them on their buttons, and lets a
 * person give each another one. Which key does what is kept in the browser.
 */

import { html } from "../dom.js";
import { isTyping, keyOf } from "../graph/commands.js";
import { Link, listenWhileConnected } from "../link.js";

const STORED = "dagger-keys";
const PATIENCE_MS = 6000;
const POLL_MS = 30;
// A field that was just left sends its text first.
const AFTER_TYPING_MS = 150;
const REMARK_MS = 500;

class KeysView {
  /** @param options {keys: [name, key, kind, target][], texts: Record<string, string>} */
  constructor({ element }, { keys, texts, channel, style }) {
    Object.assign(this, { texts });
    this.commands = keys.map(([name, key, kind, target]) => ({ name, key, kind, target }));
    this.own = stored();
    this.typedAt = 0;
    this.root = element.querySelector(".dagger-keys");
    this.line = html("p", { class: "cv-keys" });
    this.dialog = html("dialog", { class: "cv-dialog" });
    this.root.append(html("style", {}, [style]), this.line, this.dialog);
    this.link = new Link(this.root, channel);
    listenWhileConnected(this.root, "focusout", (event) => this.left(event));
    // Before the picture's own keys: what a person chose here counts everywhere.
    const listener = (event) =>
      this.root.isConnected
        ? this.press(event)
        : document.removeEventListener("keydown", listener, true);
    document.addEventListener("keydown", listener, true);
    this.paint();
  }

  keyFor(command) {
    return this.own[command.name] ?? command.key;
  }

  left(event) {
    if (isTyping(event.target)) this.typedAt = performance.now();
  }

  press(event) {
    if (!this.root.offsetParent || this.dialog.open || document.querySelector("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      // What was typed is sent; then the keys are keys again.
      if (event.key === "Enter" && !event.shiftKey && this.owns(event.target)) {
        setTimeout(() => event.target.blur());
      }
      return;
    }
    const key = keyOf(event);
    const command = key && this.commands.find((each) => this.keyFor(each) === key);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) this.run(command);
  }

  /** Whether a key leads into a field. */
  owns(field) {
    return this.commands.some(({ kind, target }) => kind === "enter" && field.closest(target));
  }

  async run({ kind, target }) {
    if (kind === "picture") this.link.say("command", [target]);
    else if (kind === "enter") enter(target);
    else if (await this.settled()) press(target);
  }

  /** What was done before is done, so that a decision is about what the person sees. */
  async settled() {
    const end = performance.now() + PATIENCE_MS;
    const busy = () =>
      document.querySelector(".dagger-graph[data-pending]") ||
      performance.now() - this.typedAt < AFTER_TYPING_MS;
    while (busy() && performance.now() < end) await new Promise((rest) => setTimeout(rest, POLL_MS));
    return !busy();
  }

  paint() {
    const { texts } = this;
    const parts = this.commands.flatMap((command) => {
      const key = this.keyFor(command);
      // What has its key on its button is not listed again.
      if (command.kind === "press" && markButton(command.target, key)) return [];
      return [html("span", {}, [html("kbd", {}, [shown(key)]), ` ${texts[command.name] ?? command.name}`])];
    });
    const change = html("button", { type: "button" }, [texts.change]);
    change.addEventListener("click", () => this.open());
    this.line.replaceChildren(...parts, change);
  }

  /** Mark buttons that have no key on them yet. */
  remark() {
    const bare = ({ kind, target }) =>
      kind === "press" && !target.includes(" ") && document.querySelector(`${target}:not([data-key])`);
    if (this.commands.some(bare)) this.paint();
  }

  open() {
    const { texts } = this;
    const rows = this.commands.flatMap((command) => {
      const field = html("input", { type: "text", readonly: "", "data-command": command.name });
      field.value = shown(this.keyFor(command));
      field.setAttribute("aria-label", texts[command.name] ?? command.name);
      field.addEventListener("keydown", (event) => this.choose(event, command));
      return [html("dt", {}, [field]), html("dd", {}, [texts[command.name] ?? command.name])];
    });
    this.problem = html("p", { role: "status" });
    const reset = html("button", { type: "button" }, [texts.defaults]);
    const close = html("button", { type: "button" }, [texts.close]);
    reset.addEventListener("click", () => this.keep({}));
    close.addEventListener("click", () => this.dialog.close());
    const head = html("h3", {}, [texts.title]);
    const buttons = html("p", {}, [reset, close]);
    this.dialog.replaceChildren(head, html("p", {}, [texts.how]), html("dl", {}, rows), this.problem, buttons);
    if (!this.dialog.open) this.dialog.showModal();
  }

  choose(event, command) {
    const key = keyOf(event);
    if (["Tab", "Escape", "Shift", "Control", "Alt", "Meta", ""].includes(key)) return;
    event.preventDefault();
    const taken = this.commands.find((each) => each !== command && this.keyFor(each) === key);
    if (taken) {
      this.problem.textContent = `${shown(key)}: ${this.texts.taken} ${this.texts[taken.name] ?? taken.name}`;
      return;
    }
    this.keep({ ...this.own, [command.name]: key });
    this.dialog.querySelector(`[data-command=${command.name}]`)?.focus();
  }

  keep(own) {
    this.own = own;
    try {
      localStorage.setItem(STORED, JSON.stringify(own));
    } catch {
      // Without storage the keys last as long as the page.
    }
    this.paint();
    this.open();
  }
}

function stored() {
  try {
    const own = JSON.parse(localStorage.getItem(STORED) ?? "{}");
    return own && typeof own === "object" ? own : {};
  } catch {
    return {};
  }
}

function enter(target) {
  const field = document.querySelector(`${target} :is(input, textarea)`);
  field?.focus();
  field?.select();
}

function press(target) {
  const button = document.querySelector(target);
  if (!button || button.disabled) return;
  // The next picture is another one: the node that has the focus is not in it.
  if (document.activeElement?.closest(".dagger-graph")) document.activeElement.blur();
  button.click();
}

/** The key stands on the button by way of the style sheet: Gradio draws its buttons anew. */
function markButton(target, key) {
  const button = target.includes(" ") ? null : document.querySelector(target);
  button?.setAttribute("data-key", shown(key));
  return Boolean(button);
}

function shown(key) {
  return key.length === 1 ? key.toUpperCase() : key;
}

/** Called by Gradio when the component appears. */
export function mountKeysView(host, options) {
  const view = new KeysView(host, options);
  // The buttons may be made after this view, and made anew at any time.
  const timer = setInterval(() => (view.root.isConnected ? view.remark() : clearInterval(timer)), REMARK_MS);
}
