/** The pictures on the buttons, as paths on a 24 by 24 grid. Commands without one have none. */

/** @type {Record<string, string>} */
export const ICONS = {
  undo: "M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4",
  redo: "M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h4",
  add: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 8v8M8 12h8",
  connect:
    "M6 3a3 3 0 1 0 0 6a3 3 0 1 0 0-6M18 15a3 3 0 1 0 0 6a3 3 0 1 0 0-6" +
    "M8.2 8.2l7.6 7.6M15.8 11v4.8H11",
  toggle: "M4 6h3M10.5 6h3M17 6h3v3M20 15v3h-3M13.5 18h-3M7 18H4v-3M4 9v3M9 14l6-4",
  delete: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  zoom_out: "M5 12h14",
  zoom_in: "M5 12h14M12 5v14",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  actual: "M5 8l2-1.5v11M17 8l2-1.5v11M12 9.5v.5M12 14.5v.5",
  full_screen: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5",
};
