/**
 * Everything a person can do to the picture, in one table: the toolbar, the keyboard and
 * the keyboard help are made from it. `name` is also the key of its words in `texts`.
 */

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string[]} keys  as `keyOf` writes them
 * @property {boolean} [edit]  changes the graph: hidden where the picture is read-only
 * @property {boolean} [page]  works wherever the focus is, except in a text field
 * @property {boolean} [node]  needs a selected node
 */

/** @type {Command[]} */
export const COMMANDS = [
  { name: "undo", keys: ["Ctrl+z"], edit: true, page: true },
  { name: "redo", keys: ["Ctrl+Shift+z", "Ctrl+y"], edit: true, page: true },
  { name: "add", keys: ["a"], edit: true },
  { name: "connect", keys: ["c"], edit: true, node: true },
  { name: "toggle", keys: ["d"], edit: true, node: true },
  { name: "delete", keys: ["Delete", "Backspace"], edit: true, node: true },
  { name: "zoom_out", keys: ["-"] },
  { name: "zoom_in", keys: ["+", "="] },
  { name: "fit", keys: ["0"] },
  { name: "actual", keys: ["1"] },
  { name: "full_screen", keys: ["f"] },
  { name: "help", keys: ["?"] },
  { name: "up", keys: ["ArrowUp"] },
  { name: "down", keys: ["ArrowDown"] },
  { name: "left", keys: ["ArrowLeft"] },
  { name: "right", keys: ["ArrowRight"] },
  { name: "next_node", keys: ["j"] },
  { name: "previous_node", keys: ["k"] },
  { name: "last", keys: ["End"] },
  { name: "choose", keys: ["Enter", " "] },
  { name: "cancel", keys: ["Escape"] },
];

const SHOWN = new Map(
  Object.entries({ " ": "Space", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" }),
);
const TEXT_FIELD =
  "textarea, select, [contenteditable], [contenteditable] *, input:not(" +
  "[type=checkbox], [type=radio], [type=range], [type=button], [type=submit], [type=file])";

/** The command that a key press asks for. */
export function commandFor(event) {
  const key = keyOf(event);
  return COMMANDS.find((command) => command.keys.includes(key)) ?? null;
}

/** A key press in one notation: `Ctrl+Shift+z`, `d`, `?`. Cmd counts as Ctrl. */
export function keyOf(event) {
  if (event.altKey) return "";
  // On a Bangla layout the D key gives another letter: then the place of the key counts.
  const latin = event.key.length > 1 || /^[ -~]$/.test(event.key);
  const key = latin ? event.key : event.code.replace(/^(Key|Digit|Numpad)/, "");
  const name = key.length === 1 ? key.toLowerCase() : key;
  const chord = event.ctrlKey || event.metaKey;
  return chord ? `Ctrl+${event.shiftKey ? "Shift+" : ""}${name}` : name;
}

/** True where typing belongs to a text field. */
export function isTyping(target) {
  return target instanceof Element && target.matches(TEXT_FIELD);
}

/** How the keys of a command are written for people. */
export function keyNames(command) {
  const capital = (key) => key.replace(/\+[a-z]$/, (last) => last.toUpperCase());
  return command.keys.map((key) => SHOWN.get(key) ?? capital(key)).join(", ");
}
